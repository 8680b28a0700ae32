"""Plans made of field lines: "Cơ quan chủ trì: …", "Thời gian thực hiện: …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tinhgon.domain.deadlines import DueKind

from ._coordinating import coordinating
from ._model import Deadline, deadline_of
from ._outline import Node
from ._subject import SubjectFinder
from ._when import dues
from ._who import NameReader
from ._words import clauses, fold

_BODY = r"(?:(?:các )?(?:cơ quan|đơn vị|cơ quan, đơn vị|đơn vị, cá nhân|cấp|bộ phận)\s+)?"
LABELS = {
    "lead": (
        rf"{_BODY}(?:chủ trì(?: thực hiện| tham mưu)?|thực hiện|chịu trách nhiệm|đầu mối)"
        rf"|phân công thực hiện|phân công|trách nhiệm thực hiện|chủ trì, phối hợp|đơn vị"
        rf"|người thực hiện|người chịu trách nhiệm"
    ),
    "with": rf"{_BODY}phối hợp(?: thực hiện)?",
    "time": (
        r"(?:thời gian|thời hạn|tiến độ|hạn|lộ trình|thời điểm)(?: thực hiện| hoàn thành"
        r"| triển khai| báo cáo| dự kiến)*"
    ),
    "content": (
        r"(?:nội dung|nhiệm vụ|công việc|hoạt động|tên nhiệm vụ)(?: thực hiện| công việc"
        r"| nhiệm vụ| cụ thể| chính| và giải pháp)*"
    ),
    "other": (
        r"(?:sản phẩm|kết quả|hình thức|kinh phí|địa điểm|đối tượng|số lượng|thành phần"
        r"|phương thức|đầu ra)(?: đầu ra| dự kiến| thực hiện| hoàn thành| tham gia| đạt được"
        r"| chủ yếu)*"
    ),
}
_NAMED = "|".join(f"(?P<{kind}>{words})" for kind, words in LABELS.items())
_FIELD = re.compile(rf"^(?:{_NAMED})\s*:\s*")
_NEXT_FIELD = re.compile(rf"[;.]\s*(?:{_NAMED})\s*:\s*")
_YEARS = re.compile(r"(?:giai đoạn\s+)?(?:năm\s+)?\d{4}\s*[-–]\s*(\d{4})|\d{4}")


# "Sở A trong phạm vi chức năng của mình và các cơ quan khác": the aside stands between two names
# of one list.
_ASIDE = re.compile(
    r"\s*,?\s*(?:trong phạm vi|theo)\s[^,;]*(?:,[^,;]*)?(?:của mình|được giao|quản lý"
    r"|phụ trách)(?=\s*(?:,|;|và\b|$|\.))"
)


_CONJUNCTION = re.compile(r"^(?:và|cùng|với)\s+")


@dataclass(frozen=True, slots=True)
class FieldLine:
    """
    One field line: its kind ("lead", "with", "time", "content", "other") and where its value
    starts.
    """

    kind: str
    node: Node
    start: int
    end: int

    @property
    def value(self) -> str:
        return self.node.text[self.start : self.end].strip()


def field_line(node: Node) -> FieldLine | None:
    """Return the first field of a line; a second one may follow behind a semicolon."""
    found = _fields_of(node)
    return found[0] if found else None


def field_lines(nodes: list[Node]) -> list[FieldLine]:
    return [line for node in nodes for line in _fields_of(node)]


def _fields_of(node: Node) -> list[FieldLine]:
    folded = fold(node.text)
    heads = [_FIELD.match(folded), *_NEXT_FIELD.finditer(folded)]
    known = [m for m in heads if m]
    if not known or heads[0] is None:
        return []
    ends = [*(m.start() for m in known[1:]), len(folded)]
    return [
        FieldLine(str(m.lastgroup), node, m.end(), end) for m, end in zip(known, ends, strict=True)
    ]


def is_block(nodes: list[Node]) -> bool:
    """
    Say whether these lines together describe a task: one tells who or when, another something
    else too.
    """
    kinds = {line.kind for line in field_lines(nodes)}
    return bool(kinds & {"lead", "time"}) and (len(kinds) > 1 or "lead" in kinds)


def bodies(value: str) -> tuple[str, ...]:
    """Return the bodies of a field: each clause may name some and add what they do."""
    found: list[str] = []
    value = _ASIDE.sub(";", value)
    for clause in clauses(value):
        words = _CONJUNCTION.sub("", clause.of(value))
        subject = SubjectFinder(words).find(0, len(words))
        names = (
            subject.texts if subject and subject.end < len(words.rstrip(" .;")) else listed(words)
        )
        found += [name for name in names if name not in found]
    if not found and value.strip(" .;"):
        found.append(value.strip(" .;"))
    return tuple(found)


def listed(words: str) -> tuple[str, ...]:
    """
    Read a field that is a list of bodies; a body of unknown kind is taken up to the next comma.
    """
    reader = NameReader(words.strip(" .;"))
    out: list[str] = []
    i = 0
    while i < len(reader.toks):
        names = reader.read(i)
        if names is None:
            start = i
        else:
            out += names.texts[:-1]
            start = _token_at(reader, names.names[-1].start)
            i = names.end
            if names.names[-1].text != reader.text[names.names[-1].start : names.names[-1].end]:
                out.append(names.names[-1].text)
                start = i
        if i < len(reader.toks) and reader.action(i):
            i = len(reader.toks) if names is None else i
            out += (
                [reader.text[reader.toks[start].start : reader.toks[i - 1].end]]
                if i > start
                else []
            )
            break
        while i < len(reader.toks) and reader.toks[i].text not in (",", ";"):
            i += 1
        if i > start:
            out.append(reader.text[reader.toks[start].start : reader.toks[i - 1].end])
        while i < len(reader.toks) and reader.toks[i].text in (",", ";", "và"):
            i += 1
    return tuple(out)


def _token_at(reader: NameReader, start: int) -> int:
    return next(i for i, token in enumerate(reader.toks) if token.start >= start)


def partners(value: str) -> tuple[str, ...]:
    names = bodies(value)
    return names or tuple(name.text for name in coordinating(value))


_SHARED_OUT = re.compile(
    r"chủ trì(?: thực hiện)?\s*[,;]\s*(?:và\s+)?(?P<with>[^;]+?)\s+phối hợp(?: thực hiện)?[\s.;]*$"
)


def helpers(value: str) -> tuple[str, tuple[str, ...]]:
    """Part "Sở A chủ trì, các sở phối hợp" into what names the leader and who helps."""
    found = _SHARED_OUT.search(fold(value))
    if found is None:
        return value, ()
    start, end = found.span("with")
    return value[:start].rstrip(" ,;"), bodies(value[start:end])


def time_of(value: str, issued: date | None) -> tuple[Deadline | None, str | None]:
    """Return the deadline and the recurrence a field of time tells."""
    text = value.strip(" .;")
    if years := _YEARS.fullmatch(fold(text)):
        last = int(years[1] or text)
        return Deadline(text, DueKind.IN_YEAR, date(last, 12, 31)), None
    found = dues(text, issued)
    recurring = next((d.recurrence for d in found if d.recurrence), None)
    dated = [d for d in found if d.day]
    if not recurring and "thường xuyên" in fold(text) and not dated:
        recurring = "continuous"
    if found:
        best = dated[-1] if dated else found[0]
        return deadline_of(best), recurring
    return (Deadline(text, DueKind.NONE) if text else None), recurring
