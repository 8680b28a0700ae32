"""The labels of a plan: which words open which part of the block of a procedure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum, auto

from tinhgon.domain.catalogue._refusals import REFUSING
from tinhgon.domain.vntext import level_fold

from ._letters import UPPER
from ._model import PlanPart

_WORK = (
    r"don gian(?: hoa)?|cat giam|sua doi|bo sung|bai bo|thay the|rut gon|toi uu(?: hoa)?|"
    r"ra soat|hoan thien|tai cau truc"
)
_PROCEDURE = r"(?:thu tuc hanh chinh|tthc|thu tuc)(?: noi bo)?"
_AND = r"(?:\s*[,;/&-]\s*|\s+va\s+|\s+)"
_PLAN = rf"(?:de xuat|kien nghi|phuong an|cua|ve|thuc hien|chi tiet|cu the|(?:{_WORK}))"

_LABELS: tuple[tuple[PlanPart, str], ...] = (
    (PlanPart.IMPLEMENTATION, (
        r"(?:noi dung |phuong an |(?:cac )?)?(?:de xuat[,;]? (?:va )?)?kien nghi"
        rf"{_AND}(?:phuong an )?(?:thuc thi|thuc hien|to chuc thuc hien|trien khai|xu ly)"
        rf"(?:{_AND}(?:phuong an|don gian hoa|{_PROCEDURE}))*"
    )),
    (PlanPart.IMPLEMENTATION, (
        r"(?:phuong an|to chuc|noi dung|kien nghi|de xuat|trach nhiem)?\s?thuc thi"
        rf"(?:{_AND}(?:phuong an|don gian hoa|{_PROCEDURE}))*"
    )),
    (PlanPart.CONTENT, (
        rf"(?:de xuat )?(?:noi dung|phuong an)(?:{_AND}{_PLAN})+(?:{_AND}(?:cac )?{_PROCEDURE})?"
        rf"(?:{_AND}ly do(?: (?:de xuat|{_WORK}))?)?"
    )),
    (PlanPart.CONTENT, rf"(?:cac )?(?:noi dung )?de xuat(?:{_AND}(?:{_WORK}))+"),
    (PlanPart.CONTENT, rf"(?:{_WORK})(?:{_AND}(?:{_WORK}))* ve"),
    (PlanPart.REASON, (
        rf"ly do(?:{_AND}(?:de xuat|kien nghi|cua|phuong an|can|phai|{_WORK}))*"
    )),
    (PlanPart.REASON, r"(?:nguyen nhan|co so (?:de xuat|don gian hoa)|can cu de xuat)"),
    (PlanPart.BENEFIT, (
        r"(?:danh gia )?(?:ve )?(?:loi ich|hieu qua)"
        rf"(?:{_AND}(?:cua|phuong an|mang lai|viec|khi|tu|thu duoc|du kien|kinh te|xa hoi|hieu qua|"
        rf"chi phi|tuan thu|thuc hien|dat duoc|sau|{_PROCEDURE}|{_WORK}))*"
    )),
    (PlanPart.BENEFIT, (
        rf"(?:tinh toan |danh gia |ve )?chi phi tuan thu(?: {_PROCEDURE})?"
    )),
    (PlanPart.REFUSAL, (
        rf"(?:ly do|nguyen nhan)(?: cua viec)? {REFUSING}\b[^:.()]{{0,80}}"
    )),
    (PlanPart.IMPLEMENTATION, (
        r"(?:(?:cac )?de xuat[,;]? (?:va )?)?kien nghi(?:[,;]? (?:va )?de xuat)?"
        r"(?: (?:sua doi|bo sung|thay the|bai bo|van ban|cac|quy pham phap luat|quy dinh|[,;]|va))*"
    )),
    (PlanPart.IMPLEMENTATION, (
        r"(?:cac )?van ban(?: quy pham phap luat| qppl)? can (?:phai )?"
        r"(?:sua doi|ban hanh|bai bo|thay the)(?:[,;]? (?:va )?(?:bo sung|bai bo|thay the))*"
    )),
    (PlanPart.CONTENT, r"noi dung|phuong an|de xuat"),
)  # fmt: skip
_TAIL = r"(?:\s*\([^()]{0,160}\))?\s*(?P<sign>[:.]?)"
_COMPILED = [
    (part, re.compile(rf"(?:{pattern}){_TAIL}(?=\W|$)|(?:{pattern})$")) for part, pattern in _LABELS
]
_LAST = len(_LABELS) - 1
_SIGNED = frozenset(range(_LAST - 4, _LAST + 1))  # labels only with a colon, or alone on the line
_COST = re.compile(
    r"(?:(?:tong (?:so )?|muc )?(?:chi phi|cptt|so tien|kinh phi)\b[^:;=.\d]{0,90}?"
    r"\b(?:truoc|sau|hien tai|hien hanh|hien nay|tiet kiem|cat giam|tiet giam|giam)\b"
    r"[^:;=.\d]{0,80}|t[yi] le\b[^:;=.\d]{0,80}|tiet kiem (?:duoc )?chi phi[^:;=.\d]{0,60})"
    r"(?=\s*[:=]|\s*\(?\d)"
)


class Meta(StrEnum):
    """What a line between the heading of a block and its first part says of the procedure."""

    NAME = auto()
    CODE = auto()
    AGENCY = auto()
    FIELD = auto()
    LEVEL = auto()


_METAS: tuple[tuple[Meta, str], ...] = (
    (Meta.NAME, rf"ten (?:cua )?{_PROCEDURE}(?: (?:so )?\d{{1,3}})?\s*[:.]"),
    (Meta.CODE, r"ma (?:so|thu tuc|tthc|ho so|dinh danh)[^:]{0,40}:|ma (?:so )?(?=\d\.\d{6})"),
    (Meta.AGENCY, (
        r"(?:co quan|don vi|cap|nguoi)(?:[ ,/]+(?:co tham quyen|tham quyen|thuc hien|giai quyet|"
        r"chu tri|quyet dinh|truc tiep|thu tuc|tthc|hanh chinh|co quan|ra soat|de xuat))+\s*:"
    )),
    (Meta.FIELD, r"(?:thuoc )?linh vuc\s*:"),
    (Meta.LEVEL, r"cap (?:thuc hien|giai quyet|hanh chinh)\s*:"),
)  # fmt: skip
_COMPILED_METAS = [(meta, re.compile(pattern)) for meta, pattern in _METAS]


@dataclass(frozen=True, slots=True)
class Label:
    """
    A label at the head of a text: what it opens, its words as printed, and what stands behind.

    `closed` tells that the label ends the line or has a sign behind it.
    """

    part: PlanPart
    words: str
    rest: str
    closed: bool


def label_of(text: str) -> Label | None:
    """Return the label with which a text (without its marker) begins, None where it has none."""
    text = text.lstrip(' *“"')
    folded = level_fold(_opening(text))
    for number, (part, pattern) in enumerate(_COMPILED):
        found = pattern.match(folded)
        if found is None:
            continue
        rest = text[found.end() :].lstrip(" :.…")
        sign = found.groupdict().get("sign") or ""
        closed = bool(sign) or not rest.strip()
        if number in _SIGNED and sign != ":" and not (number != _LAST and not rest.strip()):
            continue
        if not closed and not _begins_anew(rest):
            continue
        return Label(part, text[: found.end()].strip(" :."), rest, closed)
    return None


def _opening(text: str) -> str:
    """Return what may be a label: a capital in the midst of small letters begins something new."""
    head = text[:_LONGEST]
    if head[:8].isupper():
        return head
    found = _CAPITAL.search(head)
    return head[: found.start()] if found else head


_LONGEST = 240
_CAPITAL = re.compile(rf"(?<=\w)\s+(?=(?:[-–+•“\"]\s*)?(?!TTHC\b)[{UPPER}])")


def _begins_anew(rest: str) -> bool:
    """Words glued behind a label begin with a capital, a bullet or a bracket."""
    return bool(re.match(rf"[-–+•(“\"]?\s*[{UPPER}]", rest)) and not rest[:6].isupper()


def is_cost_line(text: str) -> bool:
    """Tell whether a text begins with the label of a cost, as "Chi phí tiết kiệm: …"."""
    return bool(_COST.match(level_fold(text)))


def meta_of(text: str) -> tuple[Meta, str] | None:
    """Return what a line says of the procedure, with the text behind the label."""
    folded = level_fold(text)
    for meta, pattern in _COMPILED_METAS:
        found = pattern.match(folded)
        if found:
            return meta, text[found.end() :].strip()
    return None
