"""Số, ký hiệu: what they say of the kind of a document and of who issued it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tinhgon.domain.vntext import fold

from ._kinds import KIND_OF, KINDS, kind_of_symbol, short_of

_CENTRAL = re.compile(r"(CP|TTg|QH\d*)$|^T{2,3}(LT)?-|^(QĐ|NQ)-(?P<body>[A-ZĐ]+)$")
# Symbols of ministries in quyết định of theirs; "BDT", "BQL" are bodies of a province.
_MINISTRIES = frozenset(
    {
        "BCA",
        "BCT",
        "BDTTG",
        "BGDĐT",
        "BGTVT",
        "BKHCN",
        "BKHĐT",
        "BLĐTBXH",
        "BNG",
        "BNNMT",
        "BNNPTNT",
        "BNV",
        "BQP",
        "BTC",
        "BTNMT",
        "BTP",
        "BTTTT",
        "BVHTTDL",
        "BXD",
        "BYT",
        "TW",
        "UBDT",
        "VPCP",
    }
)
_PRIME_MINISTER = ("thu tuong chinh phu", "ttg")
_NUMBER = re.compile(r"\d{1,6}[a-zđ]?")
_YEAR = re.compile(r"((?:19|20)\d\d)/")
# Every province has these, so that their letters never stand for a department or an office.
_COMMON = frozenset({"ubnd", "hdnd"})
_JOINED_BY = frozenset({"va", "cua"})


@dataclass(frozen=True, slots=True)
class Body:
    """
    Who issues a document: its name as printed, and what stands for it in symbols ("SNV"), empty
    where that is not known. `makes_rules`: it may issue văn bản quy phạm pháp luật, which bear the
    year in their code.
    """

    name: str
    symbol: str = ""
    makes_rules: bool = True


@dataclass(frozen=True, slots=True)
class CodeFault:
    """
    What does not fit in a number or symbol, in words that say what to do.

    `field` is "number", "symbol" or "doc_type". `is_sure` is False where the paper may really be
    printed so.
    """

    field: str
    words: str
    is_sure: bool = True


def split_code(number: str, symbol: str) -> tuple[str, str]:
    """
    Return number and symbol as the register keeps them, wherever the code was typed.

    They stand before and after the first "/": "20/2024/QĐ-UBND" is "20" and "2024/QĐ-UBND".
    """
    parts = [part.strip() for part in f"{number}/{symbol}".split("/")]
    first, *rest = [part for part in parts if part] or [""]
    return first, "/".join(rest)


def is_central(symbol: str) -> bool:
    """Return whether a symbol is one of the National Assembly, the Government or a ministry."""
    found = _CENTRAL.search(_without_year(symbol))
    return found is not None and (found["body"] is None or found["body"] in _MINISTRIES)


def symbol_for(kind: str, body: Body) -> str:
    """Return the usual symbol of a kind of document: "QĐ-UBND"; "" where it cannot be known."""
    short = short_of(kind)
    return f"{short}-{body.symbol}" if short and body.symbol else ""


def bears(symbol: str, body: Body) -> bool:
    """
    Return whether a symbol names the body as its issuer: by the letters that stand for it, or by
    the first letters of its name ("QĐ-VPUBND" of "Văn phòng Ủy ban nhân dân tỉnh").
    """
    kind, *rest = re.split(r"[-/]", _without_year(symbol))
    own = _own(body)
    parts = rest if kind in KIND_OF and _letters(kind) != own else [kind]
    initials = "".join(word[0] for word in _words(body.name) if word not in _JOINED_BY)
    known = {own} - {""}
    if _PRIME_MINISTER[0] in fold(body.name):
        known.add(_PRIME_MINISTER[1])
    several = parts if kind.endswith("LT") else parts[:1]  # joint documents name each issuer
    named = [re.sub(r"\d+$", "", _letters(part)) for part in several]
    return any(n in known or (len(n) > 1 and initials.startswith(n)) for n in named)


def code_faults(
    number: str, symbol: str, *, kind: str, issuer: Body, year: int
) -> tuple[CodeFault, ...]:
    """
    Return what does not fit between number, symbol, kind, issuer and year of issue of a document.

    A symbol is made of the abbreviations of kind and issuer, that of a công văn of issuer and unit
    (NĐ 30/2020/NĐ-CP, Appendices I and III). `number` and `symbol` are as `split_code` has them.
    """
    found = []
    if not _NUMBER.fullmatch(number):
        words = f"Số gồm chữ số, ví dụ 20; văn bản quy phạm pháp luật ghi cả năm: 20/{year}."
        found.append(CodeFault("number", words))
    if not symbol:
        usual = symbol_for(kind, issuer)
        example = f", ví dụ {usual}" if usual else ""
        return (*found, CodeFault("symbol", f"Ghi ký hiệu của văn bản{example}."))
    faults = (*_year_faults(symbol, issuer, year), _kind_fault(symbol, kind, issuer))
    found += [fault for fault in faults if fault]
    if not bears(symbol, issuer):
        found.append(_issuer_fault(symbol, kind, issuer))
    return tuple(found)


def _year_faults(symbol: str, issuer: Body, year: int) -> list[CodeFault]:
    stated = _YEAR.match(symbol)
    if stated is None:
        return []
    found = []
    if int(stated[1]) != year:
        words = f"Năm trong số, ký hiệu là {stated[1]}, ngày ban hành lại thuộc năm {year}."
        found.append(CodeFault("symbol", words))
    if not issuer.makes_rules:
        # Luật Ban hành văn bản quy phạm pháp luật 80/2015/QH13 and 64/2025/QH15, Điều 4.
        words = (
            f"Số, ký hiệu có năm là của văn bản quy phạm pháp luật, {issuer.name} không ban hành "
            "loại này: bỏ năm, hoặc chọn lại cơ quan ban hành."
        )
        found.append(CodeFault("symbol", words))
    return found


def _kind_fault(symbol: str, kind: str, issuer: Body) -> CodeFault | None:
    if fold(kind) == "cong van" and _letters(symbol.partition("-")[0]) == _own(issuer):
        return None  # "TTr-NV" is of the Thanh tra here, no tờ trình
    told, short = kind_of_symbol(_without_year(symbol)), short_of(kind)
    if told and fold(told) != fold(kind):
        words = f"Ký hiệu {symbol} là của {told.lower()}, không phải {kind}: sửa cho khớp."
        return CodeFault("symbol" if _is_kind(kind) else "doc_type", words)
    if told is None and short:
        example = symbol_for(kind, issuer) or f"{short}-…"
        return CodeFault("symbol", f"Ký hiệu của {kind} bắt đầu bằng {short}, ví dụ {example}.")
    return None


def _issuer_fault(symbol: str, kind: str, issuer: Body) -> CodeFault:
    usual = symbol_for(kind, issuer)
    instead = f" (thường là {usual})" if usual else ""
    parts = {_letters(part) for part in symbol.split("-")}
    return CodeFault(
        "symbol",
        f"Ký hiệu {symbol} không phải của {issuer.name}{instead}: sửa ký hiệu, hoặc chọn lại cơ "
        "quan ban hành.",
        is_sure=is_central(symbol) or bool(parts & _COMMON),
    )


def _own(body: Body) -> str:
    return _letters(body.symbol.partition("-")[0])


def _is_kind(words: str) -> bool:
    return fold(words) in {fold(kind) for kind in KINDS}


def _without_year(symbol: str) -> str:
    return _YEAR.sub("", symbol, count=1)


def _letters(text: str) -> str:
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))
