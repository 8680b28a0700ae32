from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tinhgon.domain.vntext import format_date, sort_key

from ._kinds import RANK


@dataclass(frozen=True, slots=True)
class Provision:
    """A place in a document: điểm (point), khoản (clause), điều (article); "" where not named."""

    point: str = ""
    clause: str = ""
    article: str = ""

    def __str__(self) -> str:
        parts = [("điểm", self.point), ("khoản", self.clause), ("Điều", self.article)]
        return " ".join(f"{name} {value}" for name, value in parts if value)

    @property
    def order_key(self) -> tuple[str, str, str]:
        """Orders by article, clause, point: Điều 2 before Điều 10, điểm d before điểm đ."""
        return sort_key(self.article), sort_key(self.clause), sort_key(self.point)


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """
    A document that a text names.

    :param kind: Quyết định, Công văn, Luật …; told by the symbol if the text does not say it;
        "" if neither does.
    :param number: as written, "" where the letter leaves it blank or names none.
    :param symbol: what follows the number: VPCP-KSTT, QĐ-UBND, NQ/TW; "" for a law named by title.
    :param year: the year inside the code (30/2020/NĐ-CP) or of a law.
    :param on: its date; None if not given or if there is no such day (see `date_text`).
    :param date_text: the date as written.
    :param issuer: as written, without "của".
    :param title: of a law its name; of others what follows "về việc", "ban hành" …, as far as the
        sentence shows where it ends.
    :param start: where the reference begins (provisions in front not counted), in characters of
        the NFC form of the text; `end` is after its last character (title after it not counted).
    """

    kind: str
    number: str
    symbol: str
    year: int | None = None
    on: date | None = None
    date_text: str = ""
    issuer: str = ""
    title: str = ""
    provisions: tuple[Provision, ...] = ()
    start: int = 0
    end: int = 0

    @property
    def code(self) -> str:
        """Number and symbol as one: 1927/VPCP-KSTT, 30/2020/NĐ-CP, 18-NQ/TW; "" without symbol."""
        if not self.symbol:
            return ""
        if "/" in self.symbol:  # documents of the Party
            return f"{self.number}-{self.symbol}"
        year = f"/{self.year}" if self.year else ""
        return f"{self.number}{year}/{self.symbol}"


_BY_TITLE = ("Hiến pháp", "Bộ luật", "Luật", "Pháp lệnh")


def to_text(ref: DocumentRef) -> str:
    """
    Return the reference in full, as a legal basis is written.

    "điểm a khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020 của Chính phủ".
    """
    parts = [", ".join(str(p) for p in ref.provisions), ref.kind]
    if ref.kind in _BY_TITLE:
        parts.append(ref.title)
    if ref.code:
        parts.append(f"số {ref.code}")
    if ref.on:
        parts.append(f"ngày {format_date(ref.on)}")
    elif ref.date_text:
        parts.append(ref.date_text)
    elif ref.year and not ref.code:
        parts.append(f"năm {ref.year}")
    if ref.issuer:
        parts.append(f"của {ref.issuer}")
    return " ".join(part for part in parts if part)


def order_key(ref: DocumentRef) -> tuple[int, str, str, str]:
    """Order as legal bases are listed: by legal force, then by date, then by number."""
    when = ref.on.isoformat() if ref.on else str(ref.year or "")
    return RANK.get(ref.kind, len(RANK)), when, sort_key(ref.number), sort_key(ref.symbol)
