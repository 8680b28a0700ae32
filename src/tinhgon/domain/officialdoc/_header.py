"""The head of a document: letterhead, number, place and day, type, subject, addressees."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ._columns import ABOUT_LINE, NUMBER_LINE, unmerge
from ._dates import PlaceAndDay, read_place_and_day
from ._join import glue, is_finished
from ._markers import split_marker
from ._model import Unread
from ._names import starts_agency
from ._phrases import (
    MOTTO,
    OPENING,
    SECRECIES,
    URGENCIES,
    after_label,
    document_type,
    find_phrase,
    is_motto,
    is_rule,
    is_upper,
    mostly_upper,
    stamp_word,
)
from ._raw import Line, Side

_HEAD_LINES = 40  # a letterhead ends within so many lines
_MAX_SUBJECT_LINE = 115  # longer lines, without layout, are paragraphs
_MAX_SUBJECT_LINES = 9
_MAX_TORN = 20  # of a place parted from the rest of its line
_MAX_COLUMN_LINE = 60  # of a subject printed in the left column

_ABOUT = re.compile(r"^(?:v\s*[/\\]\s*v\s*[:.]?|về\s+việc\s*:?|về)\s+", re.IGNORECASE)
_DISPATCH = re.compile(r"^(?P<who>[^:]{3,80})\s+(?:điện|ĐIỆN)\s*:\s*(?P<rest>.*)$")
_BULLET = re.compile(r"^[-–—−•*+●▪]\s*")
_COMPETENCE = re.compile(
    r"^(?:CHỦ TỊCH|(?:ỦY|UỶ) BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BỘ TRƯỞNG|GIÁM ĐỐC|THỦ TƯỚNG|CHÍNH PHỦ|"
    r"CHÁNH VĂN PHÒNG|CỤC TRƯỞNG|TỔNG GIÁM ĐỐC|TRƯỞNG BAN|CHÁNH THANH TRA|VIỆN TRƯỞNG|QUỐC HỘI)\b"
)


_BASIS = re.compile(r"^(?:căn cứ|thực hiện|xét|theo)\b", re.IGNORECASE)


_COMPETENCE_AT_END = re.compile(
    r"^(?P<subject>.*?(?P<last>[^\s,;]+))\s(?P<competence>(?:CHỦ TỊCH (?:ỦY|UỶ) BAN NHÂN DÂN|"
    r"BỘ TRƯỞNG BỘ|GIÁM ĐỐC SỞ|CHỦ TỊCH UBND)\s.*)$"
)
_BEFORE_NAME = frozenset({"CỦA", "VÀ", "DO", "BỞI", "CHO", "TỪ", "LÀ", "VỚI", "VỀ", "CÁC", "PHÓ"})


def _decides(text: str) -> bool:
    return bool(_COMPETENCE.match(text))


@dataclass(slots=True)
class Head:
    """The fields of the head; `end` is the index of the first line after it."""

    agency_lines: list[str] = field(default_factory=list)
    number: str | None = None
    symbol: str | None = None
    day: PlaceAndDay | None = None
    doc_type: str | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None
    competence: str | None = None
    addressees: list[str] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    has_letterhead: bool = False
    end: int = 0


def is_bullet(text: str) -> bool:
    """True for a line of a list with dashes."""
    return bool(_BULLET.match(text))


def without_bullet(text: str) -> str:
    """Return the line without its dash and final sign."""
    return _BULLET.sub("", text).strip().rstrip(";.,").strip()


def read_head(lines: list[Line]) -> Head:
    """
    Return the head of the document whose lines are given, letterhead columns already in order.
    """
    return _HeadReader(lines).read()


class _HeadReader:
    def __init__(self, lines: list[Line]) -> None:
        self.head = Head()
        self.lines = unmerge(lines)
        self.shift = len(self.lines) - len(lines)
        self.at = 0
        self.in_about = False

    def read(self) -> Head:
        self.head.has_letterhead = self._letterhead_ahead()
        steps = (self._addressees, self._type_and_subject, self._letterhead_line, self._agency)
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.table or self.at > _HEAD_LINES + 40:
                break
            if self.head.addressees or not any(step(line) for step in steps):
                break
        self.head.end = max(0, self.at - self.shift)
        return self.head

    def _letterhead_ahead(self) -> bool:
        return any(
            find_phrase(MOTTO, each.text) or NUMBER_LINE.match(each.text)
            for each in self.lines[:_HEAD_LINES]
            if len(each.text) < 120
        )

    # -- letterhead

    def _letterhead_line(self, line: Line) -> bool:
        text = line.text
        if is_rule(text) or is_motto(text):
            self.in_about = False
        elif not (self._number(line) or self._day(line) or self._stamps(text) or self._about(line)):
            return False
        self.at += 1
        return True

    def _number(self, line: Line) -> bool:
        found = NUMBER_LINE.match(line.text)
        if not found or self.head.symbol is not None or not self.head.has_letterhead:
            return False
        digits = found["number"].strip("._-…")
        self.head.number = digits or None
        symbol = re.sub(r"\s*([-–&])\s*", r"\1", found["symbol"] or "").replace("–", "-")
        self.head.symbol = symbol or None
        self.in_about = False
        rest = (found["rest"] or "").strip()
        if rest:
            self._keep(line, rest, "Không rõ phần này sau số, ký hiệu của văn bản")
        return True

    def _day(self, line: Line) -> bool:
        if self.head.day is not None or len(line.text) > 90:
            return False
        found = read_place_and_day(line.text) or self._torn_day(line)
        if found is None or not (found.place or self.head.has_letterhead):
            return False
        self.head.day = found
        self.in_about = False
        if not found.place and not any(c.isdigit() for c in found.text):
            self.head.day = replace(found, text="")
        if found.impossible:
            self._keep(line, line.text, f"Ngày ghi ở “{found.text}” không có trong lịch")
        return True

    def _torn_day(self, line: Line) -> PlaceAndDay | None:
        """The place may have been torn from the day: "Lạng" / "Sơn, ngày 02 tháng 01 …"."""
        after = self.lines[self.at + 1] if self.at + 1 < len(self.lines) else None
        if after is None or after.gap or len(line.text) > _MAX_TORN or is_upper(line.text):
            return None
        if read_place_and_day(after.text) is None or not line.text[:1].isupper():
            return None
        self.at += 1
        return read_place_and_day(f"{line.text} {after.text}")

    def _about(self, line: Line) -> bool:
        found = ABOUT_LINE.match(line.text)
        if found and self.head.subject is None and self.head.doc_type is None:
            self.head.subject = found["subject"].strip()
            self.in_about = True
            return True
        if not self.in_about or self.head.subject is None or self._ends_about(line):
            return False
        self.head.subject = glue(self.head.subject, line.text)
        return True

    def _ends_about(self, line: Line) -> bool:
        if line.side is not Side.FULL:
            return False
        if len(line.text) > _MAX_SUBJECT_LINE:
            return True
        return (line.gap or line.continues is False) and not self._addressees_ahead()

    def _addressees_ahead(self) -> bool:
        """Nothing but short lines between here and "Kính gửi": they are all of the subject."""
        for line in self.lines[self.at : self.at + 8]:
            if after_label("kinh gui", line.text) is not None:
                return True
            if len(line.text) > _MAX_COLUMN_LINE or line.gap:
                return False
        return False

    def _stamps(self, text: str) -> bool:
        urgency = stamp_word(text, URGENCIES)
        secrecy = stamp_word(text, SECRECIES)
        self.head.urgency = self.head.urgency or urgency
        self.head.secrecy = self.head.secrecy or secrecy
        return bool(urgency or secrecy)

    def _agency(self, line: Line) -> bool:
        """Lines in capitals above the number are the issuer's."""
        head = self.head
        open_head = head.has_letterhead and head.doc_type is None and head.subject is None
        if not open_head or len(line.text) > 110 or split_marker(line.text):
            return False
        if not (mostly_upper(line.text) or (starts_agency(line.text) and self.at < 6)):
            return self._strange(line)
        if head.symbol is not None and line.side is Side.RIGHT:
            return self._strange(line)
        head.agency_lines.append(line.text.rstrip(" -–_*"))
        self.at += 1
        return True

    def _strange(self, line: Line) -> bool:
        """A short line before the letterhead is complete is kept, not understood."""
        before_motto = any(
            find_phrase(MOTTO, each.text) or NUMBER_LINE.match(each.text)
            for each in self.lines[self.at + 1 : self.at + 8]
        )
        if not before_motto or is_finished(line.text):
            return False
        self._keep(line, line.text, "Không nhận ra dòng này ở phần đầu văn bản")
        self.at += 1
        return True

    def _keep(self, line: Line, text: str, reason: str) -> None:
        self.head.unread.append(Unread(text, reason, line.source))

    # -- type and subject

    def _type_and_subject(self, line: Line) -> bool:
        name = document_type(line.text)
        if name is None or self.head.doc_type is not None or self.head.subject is not None:
            return False
        self.head.doc_type = name
        self.at += 1
        self._subject()
        self._competence()
        return True

    def _subject(self) -> None:
        taken: list[Line] = []
        while self.at < len(self.lines) and len(taken) < _MAX_SUBJECT_LINES:
            line = self.lines[self.at]
            if is_rule(line.text):
                self.at += 1
                continue
            if not self._goes_on_subject(taken, line):
                break
            taken.append(line)
            self.at += 1
        if taken:
            subject = taken[0].text
            for line in taken[1:]:
                subject = glue(subject, line.text)
            subject = self._without_competence(subject)
            self.head.subject = _ABOUT.sub("", subject).strip().rstrip(".;:") or None

    def _without_competence(self, subject: str) -> str:
        """The line of who decides may stand on the last line of a subject in capitals."""
        after = self.lines[self.at].text if self.at < len(self.lines) else ""
        found = _COMPETENCE_AT_END.match(subject) if is_upper(subject) else None
        if found is None or not _BASIS.match(after) or found["last"] in _BEFORE_NAME:
            return subject
        self.head.competence = found["competence"]
        return found["subject"]

    def _goes_on_subject(self, taken: list[Line], line: Line) -> bool:
        text = line.text
        if line.table or self._begins_content(line):
            return False
        if not taken:
            # "Thực hiện Chỉ thị số …" below the type is the subject of a plan, not its opening.
            named = text.lower().startswith("thực hiện") and not is_finished(text)
            opens = OPENING.match(text) and not (named and line.centred is not False)
            return len(text) < 700 and not opens
        before = taken[-1]
        expects_name = before.text.split()[-1] in _BEFORE_NAME  # "… CỦA / THỦ TƯỚNG CHÍNH PHỦ …"
        if not expects_name and self._is_competence(text, in_capitals=is_upper(before.text)):
            return False
        if line.centred is not None and before.centred is not None:
            return line.centred
        if line.gap or is_upper(before.text) != is_upper(text):
            return False
        if is_upper(text):
            return True
        if len(text) > _MAX_SUBJECT_LINE or len(before.text) > _MAX_SUBJECT_LINE:
            return False
        opens = OPENING.match(text) and text[:1].isupper()
        return not opens and not is_finished(taken[-1].text)

    def _is_competence(self, text: str, *, in_capitals: bool) -> bool:
        """
        True for the line that names who decides.

        Below a subject in capitals a line of it may begin alike: the last before the bases counts.
        """
        if not (_COMPETENCE.match(text) and is_upper(text)) or _COMPETENCE_AT_END.match(text):
            return False
        if not in_capitals:
            return True
        following = [each.text for each in self.lines[self.at + 1 : self.at + 4]]
        for index, after in enumerate(following):
            if _BASIS.match(after) or document_type(after):
                return True
            if not is_upper(after) or (index == 0 and len(text.split()) > 2 and _decides(after)):
                return False
        return False

    def _begins_content(self, line: Line) -> bool:
        text = line.text
        return bool(
            after_label("kinh gui", text) is not None
            or _DISPATCH.match(text)
            or split_marker(text)
            or document_type(text)
            or stamp_word(text, URGENCIES)
        )

    def _competence(self) -> None:
        """Lines in capitals naming who decides, between the subject and the legal bases."""
        taken: list[str] = []
        while self.at < len(self.lines):
            text = self.lines[self.at].text
            if is_rule(text):
                self.at += 1
                continue
            if self._dispatch(text) is not None:  # "CHỦ TỊCH UBND TỈNH ĐIỆN:" names addressees
                break
            matches = _COMPETENCE.match(text) or bool(taken)
            if not (matches and is_upper(text) and not document_type(text) and len(text) < 120):
                break
            taken.append(text)
            self.at += 1
        if taken:
            self.head.competence = " ".join(taken).rstrip(",:; ")

    # -- addressees

    def _addressees(self, line: Line) -> bool:
        rest = after_label("kinh gui", line.text)
        if rest is None:
            rest = self._dispatch(line.text)
        if rest is None or self.head.addressees:
            return False
        self.at += 1
        entries = [rest] if rest else []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if is_rule(line.text):
                self.at += 1
                continue
            if not self._takes_addressee(entries, line):
                break
            self.at += 1
        self.head.addressees = [name for name in map(without_bullet, entries) if name]
        self._stamps_after()
        return True

    def _stamps_after(self) -> None:
        while self.at < len(self.lines) and self._stamps(self.lines[self.at].text):
            self.at += 1

    def _dispatch(self, text: str) -> str | None:
        found = _DISPATCH.match(text) if self.head.doc_type == "công điện" else None
        return found["rest"] if found and mostly_upper(found["who"]) else None

    def _takes_addressee(self, entries: list[str], line: Line) -> bool:
        """Add the line to the addressees, or return False where they end."""
        text = line.text
        copied = re.match(r"(?i)đồng\s+kính\s+gửi\s*:\s*(.+)$", text)
        if copied:
            entries.append(copied[1])
        elif line.table or after_label("noi nhan", text) is not None:
            return False
        elif is_bullet(text) or not entries:
            entries.append(text)
        elif self._goes_on_entry(entries[-1], line):
            entries[-1] = glue(entries[-1], text)
        elif entries[-1].endswith(";") and not line.gap and len(text) < _MAX_SUBJECT_LINE:
            entries.append(text)
        else:
            return False
        return True

    def _goes_on_entry(self, entry: str, line: Line) -> bool:
        if entry.endswith(",") and not line.gap:
            return True
        if line.continues is not None:
            return line.continues
        if line.gap or is_finished(entry) or split_marker(line.text):
            return False
        return line.text[:1].islower() or entry.endswith(",") or not OPENING.match(line.text)
