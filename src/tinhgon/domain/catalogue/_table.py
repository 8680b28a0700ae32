"""The rows of one list: cells put under their columns, headings told from procedures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ._columns import Column, Columns
from ._marks import (
    CODE,
    HEAD_MARK,
    MARK,
    MARKED,
    Heading,
    Item,
    Record,
    is_number,
    looks_like_heading,
    plain_number,
    style_of,
)
from ._refusals import withholds
from ._stream import Place, Unit
from ._torn import Torn

_LONGEST_HEADING = 320
_LONGEST_NUMBER = 8


def items_of(columns: Columns, rows: Sequence[Unit]) -> list[Item]:
    """Return the headings and procedures of a table, in order."""
    out: list[Item] = []
    torn: list[Unit] = []
    for row in rows:
        if row.even or _is_regular(columns, row):
            _put_together(columns, torn, out)
            torn = []
            _take_row(columns, row, out)
        else:
            torn.append(row)
    _put_together(columns, torn, out)
    return out


def _put_together(columns: Columns, torn: Sequence[Unit], out: list[Item]) -> None:
    before = out[-1] if out and isinstance(out[-1], Record) else None
    out += Torn(columns, torn, _last_number(out)).items(before)


def _last_number(items: Sequence[Item]) -> int:
    """Return the number of the last row; numbers may count on below a heading."""
    numbers = (item.number for item in reversed(items) if isinstance(item, Record))
    return next((int(number) for number in numbers if number.isdigit()), 0)


def _is_regular(columns: Columns, row: Unit) -> bool:
    """A row of plain text which needs no putting together."""
    if any(place.columns > 1 for place in row.cells) or _withholds(row):
        return True
    if len(row.cells) == len(columns):
        at = columns.at(Column.NUMBER)
        short = at is None or len(row.cells[at].text) <= _LONGEST_NUMBER
        return short and not _is_glued(row)
    filled = [place.text for place in row.cells if place.text]
    first = row.cells[0].text if row.cells else ""
    marked = columns.numbered and MARK.match(first)
    return bool(marked) and len(filled) == 2 and not is_number(filled[1])


def _withholds(row: Unit) -> bool:
    """Tell whether a row is nothing but a heading above what is not approved."""
    filled = [place.text for place in row.cells if place.text]
    return len(filled) == 1 and withholds(" ".join(filled[0].split()))


def _is_glued(row: Unit) -> bool:
    """Tell whether a heading and the number of its first row stand on one line with others."""
    texts = [place.text for place in row.cells]
    for at in range(len(texts) - 1):
        marked = HEAD_MARK.match(texts[at]) and len(texts[at + 1]) > 2
        if marked and any(map(is_number, texts[at + 2 :])):
            return True
        following = next(filter(None, texts[at + 1 :]), "")
        titled = looks_like_heading(texts[at]) and not texts[at + 1]
        if titled and is_number(following):
            return True
    return False


# -- rows of a true table


def _take_row(columns: Columns, row: Unit, out: list[Item]) -> None:
    heading = heading_of(columns, row)
    if heading is not None:
        out.append(heading)
        return
    record = _record(columns, row)
    if record is None:
        return
    before = out[-1] if out and isinstance(out[-1], Record) else None
    if before is not None and _continues(columns, record):
        _append(before, record)
    else:
        out.append(record)


def heading_of(columns: Columns, row: Unit) -> Heading | None:
    """Return the row as a heading, None when it is a procedure."""
    filled = [(at, place) for at, place in _by_column(row) if place.text and not place.above]
    texts = list(dict.fromkeys(place.text for _, place in filled))
    if not texts or len(texts) > 2 or max(map(len, texts)) > _LONGEST_HEADING:
        return None
    if len(texts) == 1:
        return _lone_heading(columns, row, *filled[0])
    mark, text = texts
    name = columns.at(Column.NAME) or 0
    if MARK.match(mark) and filled[1][0] <= max(name, 1):
        return Heading(mark.strip(" .)/("), text, row.source, style_of(mark))
    wide = filled[1][1].columns > 2 or looks_like_heading(text)
    if is_number(mark) and wide and filled[1][0] <= max(name, 1) and len(columns) > 2:
        return Heading(plain_number(mark), text, row.source, style_of(mark))
    return None


def _lone_heading(columns: Columns, row: Unit, at: int, place: Place) -> Heading | None:
    text = " ".join(place.text.split())
    spans = place.columns > 1 or len(row.cells) == 1
    worded = looks_like_heading(text) or withholds(text, numbered=True)
    if not (spans or at == 0 or worded) or is_number(text) or CODE.match(text):
        return None
    if not spans and columns.at(Column.NAME) == at and not worded:
        return None
    marked = MARKED.match(text)
    if marked:
        return Heading(marked["mark"], marked["text"].strip(), row.source, style_of(marked["mark"]))
    return Heading("", text, row.source, "plain") if len(text) > 2 else None


def _by_column(row: Unit) -> Iterator[tuple[int, Place]]:
    at = 0
    for place in row.cells:
        yield at, place
        at += place.columns


def _record(columns: Columns, row: Unit) -> Record | None:
    cells = [""] * len(columns)
    above: set[int] = set()
    beyond: list[str] = []
    for at, place in _by_column(row):
        if at >= len(columns):
            beyond += [place.text] if place.text and not place.above else []
            continue
        cells[at] = place.text.strip()
        if place.above:
            above.add(at)
    if not any(cells) and not beyond:
        return None
    number_at = columns.at(Column.NUMBER)
    number = cells[number_at] if number_at is not None else ""
    if number_at is not None and number_at in above:
        number = ""
    return Record(plain_number(number), cells, above, row.source, beyond=beyond)


def _continues(columns: Columns, record: Record) -> bool:
    """A row without a number and a name of its own goes on with the row above."""
    name = columns.at(Column.NAME) or 0
    own_name = record.cells[name] and name not in record.above
    code = columns.at(Column.CODE)
    own_code = code is not None and record.cells[code] and code not in record.above
    if record.number or own_code:
        return False
    if not own_name:
        return True
    return columns.numbered and record.cells[name][:1].islower()


def _append(before: Record, record: Record) -> None:
    before.beyond += record.beyond
    for at, text in enumerate(record.cells):
        if text and at not in record.above:
            glue = " " if text[:1].islower() else "\n"
            before.cells[at] = f"{before.cells[at]}{glue}{text}".strip()
