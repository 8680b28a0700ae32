from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from tinhgon.domain.vntext import DateError, nfc, parse_date

from ._issuers import issuer_at
from ._kinds import ANY_DOCUMENT, KIND_OF, KINDS, kind_of_symbol
from ._model import DocumentRef
from ._provisions import provisions_before

_UPPER = "A-ZÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬĐÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
_WORDS = "|".join(
    kind.replace(" ", r"\s+") for kind in sorted((*KINDS, ANY_DOCUMENT), key=len, reverse=True)
)
_SHORTS = "|".join(sorted(KIND_OF, key=len, reverse=True))
_KIND = rf"(?:(?P<kind>(?i:{_WORDS})|{_SHORTS})(?:\s+(?:hỏa\s+tốc|khẩn|mật))?\s+)?"
_NO = r"(?P<no>[Ss]ố\s*:?\s*|SỐ\s*:?\s*)?"
_NUMBER = r"(?P<number>\d{1,6}(?:\.\d{1,2})?[a-zđ]?)"
_PART = rf"[{_UPPER}]\w*(?:&\s?[{_UPPER}]\w*)*"
# "UBND- KGVX" is one symbol, "KH-UBND - Sở" is not.
_SYMBOL = rf"(?P<symbol>{_PART}(?:-{_PART}|-\s[{_UPPER}]{{2,}}\w*)*)"
_STATE = rf"\s?/\s?(?:(?P<year>(?:19|20)\d\d)\s?/\s?)?{_SYMBOL}"
_PARTY = rf"\s?-\s?(?P<party>[{_UPPER}]\w*/[{_UPPER}]\w*)"
_BLANK = r"[\s….…_]{0,40}"

_CODED = re.compile(rf"(?<![\w/.]){_KIND}{_NO}(?<![\w/.]){_NUMBER}(?:{_STATE}|{_PARTY})")
_BLANK_CODED = re.compile(
    rf"(?<![\w/.]){_KIND}(?P<no>[Ss]ố|SỐ)\s*:?{_BLANK}(?P<number>){_STATE}(?P<party>(?!))?"
)
_LAW_WORD = r"(?:Bộ\s+luật|Luật|Pháp\s+lệnh|Hiến\s+pháp)"
_LAW = re.compile(
    rf"(?<!\w)(?P<kind>{_LAW_WORD})"
    # Another law ends the name, but not in "Luật sửa đổi một số điều của Luật …".
    rf"(?P<title>(?:\s(?!\s*(?:và\s+)?{_LAW_WORD}\s)|(?<=của)\s(?={_LAW_WORD}\s)"
    r"|[^\s;:.()\d“”\"]){0,160}?)"
    r"(?:\s+số\s*:?\s*(?P<number>\d+)/(?P<code_year>\d{4})/(?P<symbol>(?:UBTV)?QH\d+)"
    r"|(?:\s+năm)?\s+(?P<year>(?:19|20)\d\d)(?![\w/])"
    r"|(?=\s*,?\s+ngày\s+\d))"
)
_DATE = re.compile(
    r"\s*,?\s*(?P<date>ngày\s*(?:\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}"
    r"|\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}"
    r"|[\d\s….]*tháng[\d\s….]*năm\s+\d{4}))",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"\s*,?\s*[“\"(]?\s*(?P<title>(?:[Vv]ề\s+việc|V/v|[Vv]ề|ban\s+hành|phê\s+duyệt|quy\s+định|công\s+bố"
    r"|hướng\s+dẫn|sửa\s+đổi)\s[^;:“”\"()\n]{3,400}?)(?=\s*(?:[;:“”\"()\n]|\.(?:\s|$)|\./|$))"
)
_ENUMERATED = re.compile(r"\s*(?:,|;|và|hoặc)\s*(?:các\s+)?")
_SEVERAL = re.compile(r"(?<!\w)(?:[Cc]ác|[Nn]hững|[Hh]ai|[Bb]a|\d+)\s+$")


def find_documents(text: str) -> list[DocumentRef]:
    """
    Return the documents that a text names, in the order it names them.

    By code ("Công văn số 1927/VPCP-KSTT ngày 25/3/2024 của Văn phòng Chính phủ", also without
    kind or "số", with a blank number, or of the Party: 18-NQ/TW), and laws by name with a year,
    a number or a date. A law named without any of these is not found: its name has no end one
    could see. In an enumeration with "các" a date at the end holds for all that have none; an
    issuer at the end holds for all before it.
    """
    text = nfc(text)
    found = [_coded(text, m) for m in _CODED.finditer(text)]
    found += [_coded(text, m) for m in _BLANK_CODED.finditer(text)]
    found = [ref for ref in found if ref.symbol.count("-") or "/" in ref.symbol or ref.kind]
    laws = [_law(text, m) for m in _LAW.finditer(text)]
    found = _without_overlaps(laws + found)
    return _share_in_enumerations(text, found)


def _coded(text: str, m: re.Match[str]) -> DocumentRef:
    symbol = " ".join((m["symbol"] or m["party"]).split()).replace("- ", "-").replace("& ", "&")
    day, day_text, issuer, end = _origin_at(text, m.end())
    return DocumentRef(
        kind=_kind(m["kind"], symbol),
        number=m["number"],
        symbol=symbol,
        year=int(m["year"]) if m["year"] else None,
        on=day,
        date_text=day_text,
        issuer=issuer,
        title=_title_at(text, end),
        provisions=provisions_before(text, m.start()),
        start=m.start(),
        end=end,
    )


def _law(text: str, m: re.Match[str]) -> DocumentRef:
    day, day_text, issuer, end = _origin_at(text, m.end())
    year = m["year"] or m["code_year"]
    return DocumentRef(
        kind=_kind(m["kind"], ""),
        number=m["number"] or "",
        symbol=m["symbol"] or "",
        year=int(year) if year else None,
        on=day,
        date_text=day_text,
        issuer=issuer,
        title=" ".join(m["title"].split()).strip(" ,"),
        provisions=provisions_before(text, m.start()),
        start=m.start(),
        end=end,
    )


def _kind(written: str | None, symbol: str) -> str:
    told = kind_of_symbol(symbol)
    if written is None:
        return told or ""
    if written in KIND_OF:
        return KIND_OF[written]
    kind = " ".join(written.split()).capitalize()
    return told or kind if kind == ANY_DOCUMENT else kind


def _origin_at(text: str, at: int) -> tuple[date | None, str, str, int]:
    """Return date, its wording and issuer, in whichever order they stand, and where they end."""
    day, day_text, end = _date_at(text, at)
    issuer, end = issuer_at(text, end)
    if not day_text:
        day, day_text, end = _date_at(text, end)
    return day, day_text, issuer, end


def _date_at(text: str, at: int) -> tuple[date | None, str, int]:
    m = _DATE.match(text, at)
    if m is None:
        return None, "", at
    written = " ".join(m["date"].split())
    try:
        return parse_date(written), written, m.end()
    except DateError:  # blank or no such day: the words are kept, for a person to see
        return None, written, m.end()


def _title_at(text: str, at: int) -> str:
    m = _TITLE.match(text, at)
    return " ".join(m["title"].split()) if m else ""


def _without_overlaps(found: list[DocumentRef]) -> list[DocumentRef]:
    """Keep the first of two that overlap, laws standing first in `found`."""
    kept: list[DocumentRef] = []
    for ref in sorted(found, key=lambda r: r.start):
        if kept and ref.start < kept[-1].end:
            continue
        kept.append(ref)
    return kept


def _share_in_enumerations(text: str, refs: list[DocumentRef]) -> list[DocumentRef]:
    shared: list[DocumentRef] = []
    for chain in _chains(text, refs):
        several = _SEVERAL.search(text, max(0, chain[0].start - 12), chain[0].start) is not None
        following: DocumentRef | None = None
        done: list[DocumentRef] = []
        for ref in reversed(chain):
            new = ref
            if following and not ref.issuer:
                new = replace(new, issuer=following.issuer)
            if following and several and not ref.date_text:
                new = replace(new, on=following.on, date_text=following.date_text)
            done.append(new)
            following = new
        shared += reversed(done)
    return shared


def _chains(text: str, refs: list[DocumentRef]) -> list[list[DocumentRef]]:
    """Group references that follow one another in an enumeration of one kind."""
    chains: list[list[DocumentRef]] = []
    for ref in refs:
        last = chains[-1][-1] if chains else None
        joined = last and _ENUMERATED.fullmatch(text, last.end, ref.start)
        if last and joined and ref.kind in {"", last.kind}:
            chains[-1].append(ref if ref.kind else replace(ref, kind=last.kind))
        else:
            chains.append([ref])
    return chains
