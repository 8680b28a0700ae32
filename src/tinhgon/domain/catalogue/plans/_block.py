"""One block read: its procedures, and its parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from tinhgon.domain.catalogue._names import clean_code, one_line, split_name
from tinhgon.domain.vntext import fold, nfc

from ._blocks import GROUP, Block
from ._labels import Meta, meta_of
from ._letters import LOWER
from ._lines import ITEMS, Line
from ._model import PlanPart

_NAME_LABEL = re.compile(
    r"^(?:(?:tên (?:của )?)(?:thủ tục(?: hành chính)?|tthc)(?: nội bộ)?(?: (?:số )?\d{1,3})?\s*[:.]"
    r"|(?:thủ tục(?: hành chính)?|tthc)(?: nội bộ)?"
    r"(?: (?:số )?\d{1,3}\s*[:.–-]|"
    r" thứ (?:nhất|hai|ba|tư|năm|sáu|bảy|tám|chín|mười|\d{1,3})\s*[:.,–-]|\s*:)"
    r")\s*",
    re.IGNORECASE,
)
_FOR = re.compile(r"^đối với\s+(?=(?:các\s+)?(?:thủ tục|tthc)\b)", re.IGNORECASE)
_CODE_AHEAD = re.compile(r"^(?P<code>\d\.\d{6}(?:\.[\d.A-Z]+)?)\s*[-–:.,]\s*")
_NUMBERED = re.compile(r"\s*(?:;\s*)?\(?\d{1,2}[.)]\s+(?=\S)|\s*;\s*(?=\S)")
_COUNT = re.compile(
    r"^(?:đối với\s+|nhóm\s+|các\s+)*(?P<count>\d{1,3})\s*(?:thủ tục|tthc)", re.IGNORECASE
)
_SMALL = re.compile(rf"^[{LOWER}\d(]")
_FEW_WORDS = 4


@dataclass(slots=True)
class ReadBlock:
    """What a block says, before it is known under which headings it stands."""

    number: str
    names: list[tuple[str, str | None]]
    head: Line
    agency: str | None = None
    content: list[Line] = field(default_factory=list)
    implementation: str | None = None
    benefit: str | None = None
    refusal: str | None = None
    other: list[tuple[str, str]] = field(default_factory=list)
    stated: int | None = None  # of how many procedures the heading speaks
    field: str | None = None


def read_block(block: Block) -> ReadBlock:
    """Return the procedures and the parts of a block."""
    first = block.first - block.head
    head, *region = block.lines[:first]
    read = ReadBlock(head.bare, [], head)
    opened = block.lines[first].section if first < len(block.lines) else None
    _read_head(read, head, region, unlabelled=opened is not PlanPart.CONTENT)
    labels = {at - block.head for at in block.labels}
    _read_parts(read, block.lines, first, labels)
    return read


# -- the heading


def _read_head(read: ReadBlock, head: Line, region: Sequence[Line], *, unlabelled: bool) -> None:
    title = head.text
    codes: list[str] = []
    members: list[str] = []
    for at, line in enumerate(region):
        meta = meta_of(line.text)
        if meta is not None:
            title = _take_meta(read, meta, codes, title)
        elif not members and not line.marker and _continues(title, line.text):
            title = f"{title} {line.text}".strip()
        elif _is_member(title, line, region[at:]):
            members.append(line.text)
        elif members and not line.marker and not unlabelled:
            members[-1] = f"{members[-1]} {line.text}"
        elif unlabelled:
            read.content.append(line)
        else:
            read.other.append(("", line.printed))
    found = _COUNT.match(title)
    read.stated = int(found["count"]) if found else None
    read.names = [_name(text) for text in members or _inline(title)]
    if len(read.names) == len(codes):
        read.names = [
            (name, code or own) for (name, code), own in zip(read.names, codes, strict=True)
        ]


def _take_meta(read: ReadBlock, meta: tuple[Meta, str], codes: list[str], title: str) -> str:
    kind, text = meta
    text = text.strip(" .;")
    if kind is Meta.NAME:
        return text
    if kind is Meta.CODE:
        codes += (clean_code(text) or "").split("; ")
    elif kind is Meta.AGENCY:
        read.agency = one_line(text) or None
    elif kind is Meta.FIELD:
        read.field = one_line(text) or None
    else:
        read.other.append(("Cấp thực hiện", text))
    return title


def _continues(title: str, text: str) -> bool:
    if title.rstrip().endswith((":", ".", ";")):
        return False
    if not title or len(title.split()) < _FEW_WORDS or bool(_SMALL.match(text)):
        return True
    return title.rstrip().endswith((",", "-", "–")) or title.count("“") > title.count("”")


def _is_member(title: str, line: Line, region: Sequence[Line]) -> bool:
    if not line.marker:
        return False
    if GROUP.match(fold(title)):
        return True
    names = [fold(each.text) for each in region if each.marker]
    return line.block in ITEMS and all(name.startswith(("thu tuc", "tthc")) for name in names)


def _inline(title: str) -> list[str]:
    """ "Đối với 02 TTHC: (1) A; (2) B" names two."""
    head, colon, rest = title.partition(":")
    if colon and rest.strip() and GROUP.match(fold(head)):
        names = [text for text in _NUMBERED.split(f" {rest.strip()}") if text.strip()]
        return names or [title]
    return [title]


def _name(text: str) -> tuple[str, str | None]:
    text = _FOR.sub("", one_line(nfc(text)))
    text = _NAME_LABEL.sub("", text)
    ahead = _CODE_AHEAD.match(text)
    if ahead:
        text = text[ahead.end() :]
    name, code = split_name(text.rstrip(" :;"))
    name = name.rstrip(" :;")
    if name[:1] in '“"' and name[-1:] in '”"' and not set(name[1:-1]) & set('“”"'):
        name = name[1:-1].strip()
    return name, code or (clean_code(ahead["code"]) if ahead else None)


# -- the parts


def _read_parts(read: ReadBlock, lines: Sequence[Line], first: int, labels: set[int]) -> None:
    part = PlanPart.CONTENT
    kept = (PlanPart.IMPLEMENTATION, PlanPart.BENEFIT, PlanPart.REFUSAL)
    texts: dict[PlanPart, list[str]] = {each: [] for each in kept}
    for at in range(first, len(lines)):
        line = lines[at]
        text = line.printed
        if at in labels:
            part = line.section or (PlanPart.BENEFIT if at else PlanPart.CONTENT)
            if line.section and line.label and part in texts:
                text = line.label.rest
        elif line.section is PlanPart.REASON and part is not PlanPart.BENEFIT:
            part = PlanPart.REASON
        if part in texts:
            texts[part] += [text] if text else []
        elif line is not read.head:
            read.content.append(line)
    read.implementation = _joined(texts[PlanPart.IMPLEMENTATION])
    read.benefit = _joined(texts[PlanPart.BENEFIT])
    read.refusal = _joined(texts[PlanPart.REFUSAL])


def _joined(texts: Sequence[str]) -> str | None:
    text = "\n".join(texts).strip()
    return re.sub(r"^[-–+•*]\s*", "", text) or None
