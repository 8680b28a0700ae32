"""The second part of a decision: the full content of each procedure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tinhgon.domain.officialdoc import BlockKind, Source
from tinhgon.domain.vntext import fold

from ._labels import Label, label_of, name_apart, unglue
from ._match import likeness
from ._model import Content, ContentPart, Unread
from ._parts import papers_of, sets_of, steps_of, time_limit_of
from ._stream import Kind, Unit

_ORDER = list(ContentPart)
_FORM = re.compile(
    r"^(?:mẫu|mẫu số|mẫu đơn|biểu mẫu|phụ lục)\b(?:\s*(?:số\s*)?[\dIVX]+[a-z]?)?\s*[.:]?\s*$"
    r"|^(?:mẫu số|phụ lục(?: số)?)\s*[\dIVX]+[a-z]?\b"
    r"|^cộng h[òo]a xã hội chủ nghĩa|^độc lập\s*-\s*tự do|^tên cơ quan|^đơn đề nghị\b",
    re.IGNORECASE,
)
_NAME_LABEL = re.compile(
    r"^(?:\W*\d*[.)]?\s*)?(?:tên (?:thủ tục(?: hành chính)?|"
    r"tthc)(?: nội bộ)?(?:\s+số\s*\d+)?|thủ tục\s+số\s*\d+)\s*[:.|-]?\s*",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"^(?:mã (?:số|tthc|thủ tục)|lĩnh vực|cấp thực hiện|loại thủ tục|số hồ sơ)\b", re.IGNORECASE
)
_MARK = re.compile(r"^(?:\(?\d{1,3}(?:\.\d{1,3})*\)?[.)/:]?|[IVXA-H]{1,5}[.)])\s+")
_TORN = re.compile(r"^(?:TTHC|thủ tục hành chính)(?: NB| nội bộ)?\s*:\s*", re.IGNORECASE)
_TITLE = re.compile(r"^(?:PHỤ LỤC|Phụ lục|\(?[Kk]èm theo)\b")
_COUNTED = re.compile(r"^(?:stt|tt|bước|các bước|số tt)$", re.IGNORECASE)
_FEWEST = 3  # parts: what has less is no procedure but a table of steps or a form
_SHOWN = 200
_LOOK_BACK = 6
_LIKE = 0.72


@dataclass(slots=True)
class _Line:
    text: str
    source: Source
    heading: bool = False


@dataclass(slots=True)
class _Body:
    name: str
    source: Source
    parts: dict[ContentPart, list[str]] = field(default_factory=dict)
    attached: list[str] = field(default_factory=list)
    styles: set[str] = field(default_factory=set)


def contents_of(
    units: Sequence[Unit], names: Sequence[str]
) -> tuple[tuple[Content, ...], tuple[Unread, ...]]:
    """
    Return the bodies of the second part, and what stands in none of them.

    `names` are those of the list: they tell which of the lines above a body is its name.
    """
    lines = list(_lines(units))
    begins = [at for at, line in enumerate(lines) if _opens(line.text)]
    heads = [_head(lines, at, begins[n - 1] + 1 if n else 0, names) for n, at in enumerate(begins)]
    out: list[Content] = []
    left = lines[: heads[0].start if heads else len(lines)]
    for n, (begin, head) in enumerate(zip(begins, heads, strict=True)):
        end = heads[n + 1].start if n + 1 < len(heads) else len(lines)
        body = _Body(head.name, lines[head.start].source)
        _fill(body, lines[begin:end])
        if len(body.parts) >= _FEWEST:
            out.append(_content(body, lines[max(begin, end - 1)].source))
        else:
            left += lines[head.start : end]
    return tuple(out), tuple(_left(left))


def _left(lines: Sequence[_Line]) -> Iterator[Unread]:
    """Yield the beginning of what is no content, with the number of its lines."""
    lines = [
        line
        for line in lines
        if not (line.heading or _TITLE.match(line.text) or line.text.isupper())
    ]
    if lines:
        reason = f"Phần sau danh mục, không phải nội dung thủ tục theo mẫu: {len(lines)} dòng"
        yield Unread(lines[0].text[:_SHOWN], reason, lines[0].source)


def _lines(units: Sequence[Unit]) -> Iterator[_Line]:
    for unit in units:
        if unit.kind is Kind.ROW:
            yield from _row_lines(unit)
            continue
        heading = unit.kind is Kind.ANNEX or unit.block in (
            BlockKind.PART,
            BlockKind.LETTER,
            BlockKind.ROMAN,
        )
        for piece in unglue(unit.printed):
            yield _Line(piece, unit.source, heading)


def _row_lines(unit: Unit) -> Iterator[_Line]:
    """A row "label | text" is a label with its text; other rows keep their bars."""
    cells = [place.text for place in unit.cells if place.text and not place.above]
    if len(cells) > 1 and re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?[.)]?", cells[0]):
        cells = cells[1:]
    if not cells:
        return
    first = " ".join(cells[0].split())
    if len(cells) > 1 and (label_of(f"{first.rstrip(' :')}:") or _NAME_LABEL.match(first)):
        label = first if first.endswith(":") or _NAME_LABEL.match(first) else f"{first}:"
        text = "\n".join(cells[1:])
        head, *more = text.split("\n")
        for number, cell in enumerate([f"{label} {head}", *more]):
            pieces = unglue(cell) if number == 0 else [cell]
            yield from (_Line(piece, unit.source) for piece in pieces)
        return
    if len(cells) == 1:
        for line in cells[0].split("\n"):
            yield from (_Line(piece, unit.source) for piece in unglue(line))
        return
    yield from (_Line(piece, unit.source) for piece in _labels_in(cells, unit))


def _labels_in(cells: Sequence[str], unit: Unit) -> Iterator[str]:
    """Cells that are labelled by themselves stand alone; others are one row."""
    pieces = [piece for cell in cells for piece in unglue(" ".join(cell.split()))]
    head = any(_COUNTED.match(cell) for cell in cells)
    if not head and any(label_of(piece) or _NAME_LABEL.match(piece) for piece in pieces):
        yield from pieces
    else:
        yield unit.text.replace("\n", " ")


def _opens(text: str) -> bool:
    label = label_of(text)
    return label is not None and label.part is ContentPart.STEPS


# -- names


@dataclass(frozen=True, slots=True)
class _Head:
    start: int
    name: str


def _head(lines: Sequence[_Line], begin: int, floor: int, names: Sequence[str]) -> _Head:
    """Return the name above a body; it may be torn over lines."""
    best, likest = _Head(begin, ""), 0.0
    first = max(floor, begin - _LOOK_BACK)
    for start in range(begin - 1, first - 1, -1):
        for end in range(start + 1, min(start + 4, begin) + 1):
            for text in _candidates([line.text for line in lines[start:end]]):
                score = max((likeness(text, name) for name in names), default=0.0)
                if score > likest + 0.01:
                    best, likest = _Head(start, text), score
    if likest >= _LIKE:
        return best
    return _marked_head(lines, begin, first)


def _candidates(texts: Sequence[str]) -> Iterator[str]:
    """Yield what the name may be: the lines, or what stands after the last number in them."""
    yield _name(texts)
    *_, last = name_apart(" ".join(texts))
    yield _name([last])


def _marked_head(lines: Sequence[_Line], begin: int, first: int) -> _Head:
    """No line is like a name of the list: the nearest numbered line is the name."""
    for start in range(begin - 1, first - 1, -1):
        text = lines[start].text
        if _ASIDE.match(text):
            continue
        named = _NAME_LABEL.match(text) and len(_NAME_LABEL.sub("", text)) > 5
        if named or (_MARK.match(text) and label_of(text) is None):
            return _Head(start, _name([text]))
        break
    return _Head(begin, "")


def _name(texts: Sequence[str]) -> str:
    text = " ".join(" ".join(texts).split())
    text = _NAME_LABEL.sub("", _MARK.sub("", text))
    return _MARK.sub("", text).strip(" :;|")


# -- parts


def _fill(body: _Body, lines: Sequence[_Line]) -> None:
    current: ContentPart | None = None
    for line in lines:
        if body.attached:
            body.attached.append(line.text)
            continue
        label = label_of(line.text)
        if label is not None and _begins_part(body, label, current):
            current = label.part
            body.styles.add(label.style)
            texts = body.parts.setdefault(current, [])
            if label.rest:
                texts.append(label.rest)
        elif line.heading and "thu tuc" in fold(line.text):
            continue  # the heading above the next procedures
        elif _is_attached(body, line, current):
            body.attached.append(line.text)
        elif current is not None:
            body.parts[current].append(line.text)


def _begins_part(body: _Body, label: Label, current: ContentPart | None) -> bool:
    """
    A label begins a part which was not yet there: the next ones in order, or any with the marker
    of the others.
    """
    if label.part is current:
        return current is ContentPart.DOSSIER and not body.parts[current]
    if label.part in body.parts:
        return False
    if current is None:
        return label.part is ContentPart.STEPS
    later = _ORDER.index(label.part) > _ORDER.index(current)
    same = label.style in body.styles
    if current is ContentPart.STEPS:
        return later and (same or not body.styles or label.style != "+")
    return later or same


def _is_attached(body: _Body, line: _Line, current: ContentPart | None) -> bool:
    """Forms stand after the last part; a sheet with the name of the State is one wherever it is."""
    if current is ContentPart.LEGAL_BASIS:
        return line.heading or _is_form(line.text)
    return len(body.parts) > len(_ORDER) // 2 and _is_sheet(line.text)


def _is_form(text: str) -> bool:
    return bool(_FORM.match(text))


def _is_sheet(text: str) -> bool:
    return bool(re.match(r"(?i)cộng h[òo]a xã hội|độc lập\s*-", text))


def _content(body: _Body, last: Source) -> Content:
    texts = {part: _TORN.sub("", "\n".join(lines).strip()) for part, lines in body.parts.items()}
    parts = tuple((part, texts[part]) for part in _ORDER if texts.get(part))
    dossier = texts.get(ContentPart.DOSSIER, "")
    return Content(
        name=body.name,
        parts=parts,
        source=Source(body.source.line, max(body.source.line, last.end_line), body.source.page),
        steps=steps_of(texts.get(ContentPart.STEPS, "")),
        papers=papers_of(dossier),
        dossier_sets=sets_of(texts.get(ContentPart.SETS) or dossier),
        time_limit=time_limit_of(texts.get(ContentPart.TIME_LIMIT, "")),
        attached=tuple(body.attached),
    )
