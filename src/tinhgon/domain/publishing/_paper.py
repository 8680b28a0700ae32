"""What a decision and its tờ trình say, before it is put into their forms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tinhgon.domain.officialdoc import Signature
from tinhgon.domain.procedures import Action, figure_words
from tinhgon.domain.vntext import format_date

from ._annex import AnnexLine
from ._wording import office_of

BLANK = "\u00a0" * 6  # room to write; these spaces do not shrink
ACTION_WORDS = {
    Action.NEW: "ban hành mới",
    Action.AMENDED: "được sửa đổi, bổ sung",
    Action.REPLACED: "thay thế",
    Action.STANDARDISED: "được chuẩn hóa",
    Action.ABOLISHED: "bị bãi bỏ",
}
_OPENING = re.compile(
    r"^(?:công bố\s+)?(?:danh mục\s+)?(?:các\s+)?(?:thủ tục hành chính|TTHC)(?:\s+nội bộ)?\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Office:
    """
    An agency as documents show it.

    `lines` and `parent_lines` stand at the head; `place` is the địa danh; `head` and `deputy` are
    the titles of those who sign ("Chủ tịch"); `self_name` is how a body calls it ("UBND tỉnh"),
    `superior` how a committee calls the one above it ("UBND huyện"), which hears of its decisions.
    """

    name: str
    lines: tuple[str, ...]
    parent_name: str = ""
    parent_lines: tuple[str, ...] = ()
    place: str = ""
    head: str = ""
    deputy: str = ""
    self_name: str = ""
    superior: str = ""
    symbol: str = ""
    level: str = ""  # of a committee: "province"; "" for another agency
    is_office: bool = False  # it serves the committee that issues

    @property
    def head_words(self) -> str:
        """Return "Chủ tịch Ủy ban nhân dân tỉnh Lạng Sơn", "Trưởng phòng Nội vụ"."""
        return titled(self.head, self.name)

    @property
    def committee_words(self) -> str:
        """Return "Ủy ban nhân dân tỉnh": a committee without the name of its unit."""
        return self.self_name.replace("UBND", "Ủy ban nhân dân", 1)

    @property
    def reported_to(self) -> tuple[str, ...]:
        """Return "UBND huyện (b/c)" as a recipient; nothing where no committee stands above."""
        return (f"{self.superior} (b/c)",) if self.superior else ()

    @property
    def unit(self) -> str:
        """Return the kind of unit whose committee it is: "huyện"; "" for another agency."""
        return self.self_name.removeprefix("UBND").strip() if self.level else ""


@dataclass(frozen=True, slots=True)
class Letter:
    """Số, ký hiệu, ngày of a document; what is not known yet is blank."""

    number: str = ""
    symbol: str = ""
    issued_on: date | None = None

    @property
    def words(self) -> str:
        """Return "số 199/TTr-STP ngày 05/7/2024", with room for what is still to be filled in."""
        day = format_date(self.issued_on) if self.issued_on else f"{BLANK} tháng {BLANK} năm"
        return f"số {self.number or BLANK}/{self.symbol} ngày {day}"


@dataclass(frozen=True, slots=True)
class Paper:
    """All that a decision says; the tờ trình says the same in its own form."""

    issuer: Office
    drafter: Office
    subject: str
    lines: tuple[AnnexLine, ...]
    written_on: date
    decision: Letter = Letter()
    submission: Letter = Letter()
    effective_on: date | None = None
    bases: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()  # places of earlier decisions that no longer hold, in words
    deputy_signs: bool = False
    signature: Signature | None = None  # of the signed paper

    @property
    def is_own(self) -> bool:
        """Whether the agency that issues drafts it itself, so that a unit of its own proposes."""
        return self.drafter.name == self.issuer.name

    @property
    def head_words(self) -> str:
        """Return whom the body addresses: "Chủ tịch Ủy ban nhân dân tỉnh", "Giám đốc Sở Nội vụ"."""
        return titled(self.issuer.head, self.issuer.committee_words)

    @property
    def office_words(self) -> str:
        """Return the office that serves the committee that issues, "" where there is none."""
        return office_of(self.written_on, self.issuer.level, self.issuer.unit)

    @property
    def scope(self) -> str:
        """Return what stands in the subject behind "công bố thủ tục hành chính nội bộ"."""
        return _OPENING.sub("", self.subject).strip()

    @property
    def month_words(self) -> str:
        return month_words(self.written_on)

    @property
    def effect_words(self) -> str:
        if self.effective_on and self.effective_on != self.decision.issued_on:
            return f"kể từ ngày {format_date(self.effective_on)}"
        return "kể từ ngày ký"


def counted(lines: Sequence[AnnexLine]) -> str:
    """Return "08 thủ tục ban hành mới, 02 thủ tục bị bãi bỏ": how many of each kind."""
    counts = Counter(line.action for line in lines)
    parts = [
        f"{figure_words(counts[action])} thủ tục {words}"
        for action, words in ACTION_WORDS.items()
        if counts[action]
    ]
    return ", ".join(parts)


def month_words(day: date) -> str:
    """
    Return a date whose day is to be filled in: "ngày tháng 7 năm 2024".

    January and February are written 01 and 02 (Nghị định số 30/2020/NĐ-CP, phụ lục I).
    """
    month = f"{day.month:02}" if day.month < _TWO_DIGITS else str(day.month)
    return f"ngày tháng {month} năm {day.year}"


_TWO_DIGITS = 3  # March


def with_lead(text: str) -> str:
    return text if text.lower().startswith("căn cứ") else f"Căn cứ {text}"


def titled(title: str, name: str) -> str:
    """
    Return a title before the name of an agency, without saying twice what both say.

    "Giám đốc", "Sở Nội vụ" → "Giám đốc Sở Nội vụ"; "Trưởng phòng", "Phòng Nội vụ" → "Trưởng phòng
    Nội vụ"; "Chánh Văn phòng", "Văn phòng Sở Y tế" → "Chánh Văn phòng Sở Y tế".
    """
    words, own = title.split(), name.split()
    for length in range(min(len(words), len(own)), 0, -1):
        if [w.lower() for w in words[-length:]] == [w.lower() for w in own[:length]]:
            return " ".join([*words, *own[length:]])
    return f"{title} {name}".strip()


def keep(symbol: str = "") -> str:
    """
    Return who files a paper: the registry, and the unit that drafted it (NĐ 30/2020, Phụ lục I).

    No symbol where an agency writes in its own name: which of its units drafted it is not recorded.
    """
    return f"Lưu: VT, {symbol}" if symbol else "Lưu: VT"


def signature_of(office: Office, *, deputy: bool) -> Signature:
    head = office.head.upper()
    if deputy:
        return Signature((f"KT. {head}",), office.deputy.upper(), "")
    return Signature((), head, "")
