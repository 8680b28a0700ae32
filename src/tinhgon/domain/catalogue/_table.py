"""The rows of one list: cells put under their columns, headings told from procedures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tinhgon.domain.officialdoc import Source
from tinhgon.domain.vntext import fold

from ._columns import Column, Columns
from ._stream import Place, Unit
from ._words import field_of_heading, level_in

_NUMBER = re.compile(
    r"^(?:\d{1,4}|\d{1,3}(?:\.\d{1,3}){1,3}|[A-Z]\d{1,3}|[IVX]{1,5}(?:\.\d{1,3})+)\s*[.)]?$"
)
_MARK = re.compile(r"^(?:[A-HK]|[IVX]{1,6}|[a-zđ])\s*[.)/]?$|^\(?[IVX]{1,5}\)?$")
_MARKED = re.compile(
    r"^(?P<mark>(?:[A-HK]|[IVX]{1,6})(?:\.\d{1,2})?|\d{1,2}(?:\.\d{1,2})?)\s*[.)/:-]+\s*(?P<text>\D.*)$",
    re.DOTALL,
)
_CODE = re.compile(r"\b\d\.?\d{6}\b")
_HEADING_WORDS = re.compile(
    r"^(?:cac )?(?:linh vuc|thu tuc hanh chinh|tthc|cap (?:tinh|xa|huyen|trung uong)|danh muc|nhom|muc |phan )"
)
_LEGAL = re.compile(
    r"\b(?:luật|nghị định|thông tư|quyết định|nghị quyết|bộ luật|pháp lệnh|căn cứ)\b", re.I
)
_PUBLISHED = re.compile(r"\bcông bố\b|quyết định này", re.I)
_AGENCY = re.compile(
    r"^\W*(?:ubnd|ủy ban|uỷ ban|sở|bộ|chủ tịch|cục|cơ quan|các|trung tâm|phòng|hđnd|hội đồng|ban|văn phòng|công an|giám đốc)\b",
    re.I,
)
_LINK = re.compile(r"^\W*$")
_LONGEST_HEADING = 320


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above rows: its marker as printed and its text."""

    marker: str
    text: str
    source: Source
    style: str = ""


@dataclass(slots=True)
class Record:
    """The cells of one procedure, by column; `missing` are those the row has no cell for."""

    number: str
    cells: list[str]
    missing: set[int]
    above: set[int]
    source: Source
    displaced: bool = False


Item = Heading | Record


def items_of(columns: Columns, rows: Sequence[Unit]) -> list[Item]:
    """Return the headings and procedures of a table, in order."""
    out: list[Item] = []
    torn: list[Unit] = []
    for row in rows:
        if row.even or _is_regular(columns, row):
            out += _Torn(columns, torn, _last_number(out)).items()
            torn = []
            _take_row(columns, row, out)
        else:
            torn.append(row)
    out += _Torn(columns, torn, _last_number(out)).items()
    return out


def _last_number(items: Sequence[Item]) -> int:
    """Return the number of the last row; numbers may count on below a heading."""
    numbers = (item.number for item in reversed(items) if isinstance(item, Record))
    return next((int(number) for number in numbers if number.isdigit()), 0)


def is_number(text: str) -> bool:
    """Tell whether a cell holds the number of a row."""
    return bool(_NUMBER.match(text.strip()))


def _plain(number: str) -> str:
    text = number.strip().rstrip(".)")
    return str(int(text)) if text.isdigit() else text


def _is_regular(columns: Columns, row: Unit) -> bool:
    """A row of plain text which needs no putting together."""
    if any(place.columns > 1 for place in row.cells):
        return True
    filled = [place.text for place in row.cells if place.text]
    if not columns.numbered:
        return len(row.cells) == len(columns)
    first = row.cells[0].text if row.cells else ""
    if len(row.cells) > 1 and (is_number(first) or not first):
        glued = any(_MARK.match(cell.text) for cell in row.cells[2:])
        return len(row.cells) == len(columns) and not glued
    if _MARK.match(first) and not _MARK.match(first).group().isdigit():
        return len(filled) == 2 and not is_number(filled[1])
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
    if _MARK.match(mark) and filled[1][0] <= max(name, 1):
        return Heading(mark.strip(" .)/("), text, row.source, style_of(mark))
    wide = filled[1][1].columns > 2 or _looks_like_heading(text)
    if is_number(mark) and wide and filled[1][0] <= max(name, 1) and len(columns) > 2:
        return Heading(_plain(mark), text, row.source, style_of(mark))
    return None


def _lone_heading(columns: Columns, row: Unit, at: int, place: Place) -> Heading | None:
    text = " ".join(place.text.split())
    spans = place.columns > 1 or len(row.cells) == 1
    if not (spans or at == 0 or _looks_like_heading(text)) or is_number(text) or _CODE.match(text):
        return None
    if not spans and columns.at(Column.NAME) == at and not _looks_like_heading(text):
        return None
    marked = _MARKED.match(text)
    if marked:
        return Heading(marked["mark"], marked["text"].strip(), row.source, style_of(marked["mark"]))
    return Heading("", text, row.source, "plain") if len(text) > 2 else None


def _looks_like_heading(text: str) -> bool:
    folded = fold(text)
    if not _HEADING_WORDS.match(folded):
        return False
    has_level = level_in(text) is not None or "thuoc" in folded or "noi bo" in folded
    return field_of_heading(text) is not None or has_level or text.isupper() or "(" in text


def style_of(mark: str) -> str:
    """Return the kind of a marker: those of one kind stand on one level."""
    bare = mark.strip(" .)/(:-")
    if re.fullmatch(r"[IVX]+", bare):
        return "roman"
    if re.fullmatch(r"[A-Z]", bare):
        return "letter"
    if bare.isdigit():
        return "number"
    return "point" if re.fullmatch(r"[a-zđ]", bare) else f"sub{bare.count('.')}"


def _by_column(row: Unit) -> Iterator[tuple[int, Place]]:
    at = 0
    for place in row.cells:
        yield at, place
        at += place.columns


def _record(columns: Columns, row: Unit) -> Record | None:
    cells = [""] * len(columns)
    missing = set(range(len(columns)))
    above: set[int] = set()
    for at, place in _by_column(row):
        if at >= len(columns):
            continue
        cells[at] = place.text.strip()
        missing.discard(at)
        if place.above:
            above.add(at)
    if not any(cells):
        return None
    number_at = columns.at(Column.NUMBER)
    number = cells[number_at] if number_at is not None else ""
    if number_at is not None and number_at in above:
        number = ""
    return Record(_plain(number), cells, missing, above, row.source)


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
    for at, text in enumerate(record.cells):
        if text and at not in record.above:
            glue = " " if text[:1].islower() else "\n"
            before.cells[at] = f"{before.cells[at]}{glue}{text}".strip()


# -- rows torn by a capture


@dataclass(slots=True)
class _Piece:
    text: str
    source: Source
    begins_line: bool


class _Torn:
    """Puts pieces of cells, parted by bars and line breaks, back into rows."""

    def __init__(self, columns: Columns, rows: Sequence[Unit], last: int) -> None:
        self.columns = columns
        self.last = last
        self.pieces = [
            _Piece(place.text.strip(), row.source, at == 0)
            for row in rows
            for at, place in enumerate(row.cells)
        ]

    def items(self) -> list[Item]:
        out: list[Item] = []
        at = 0
        while at < len(self.pieces):
            heading, after = self._heading(at)
            if heading is not None:
                out.append(heading)
                at = after
                continue
            number = _plain(self.pieces[at].text)
            if self._begins(at) and number.isdigit():
                self.last = int(number)
            end = self._end(at + 1)
            record = self._align(self.pieces[at:end])
            if record is not None:
                out.append(record)
            at = end
        return out

    def _heading(self, at: int) -> tuple[Heading | None, int]:
        """A marker and its text, and empty cells up to a number."""
        mark = self.pieces[at]
        if at + 1 < len(self.pieces) and _MARK.match(mark.text):
            text = self.pieces[at + 1]
            after = at + 2
            while after < len(self.pieces) and not self.pieces[after].text:
                after += 1
            closed = (
                after >= len(self.pieces) or self._begins(after) or self.pieces[after].begins_line
            )
            if len(text.text) > 3 and closed and not is_number(text.text):
                marker = mark.text.strip(" .)/(")
                return Heading(marker, text.text, mark.source, style_of(mark.text)), after
        marked = _MARKED.match(mark.text)
        alone = at + 1 >= len(self.pieces) or self.pieces[at + 1].begins_line
        if mark.begins_line and alone and marked and not marked["mark"].isdigit():
            return (
                Heading(marked["mark"], marked["text"], mark.source, style_of(marked["mark"])),
                at + 1,
            )
        if mark.begins_line and alone and _looks_like_heading(mark.text):
            return Heading("", mark.text, mark.source, "plain"), at + 1
        return None, at

    def _begins(self, at: int) -> bool:
        """Tell whether a row begins at a piece."""
        piece = self.pieces[at]
        if not is_number(piece.text):
            return False
        plain = _plain(piece.text)
        if piece.begins_line and at + 1 < len(self.pieces) and not self.pieces[at + 1].begins_line:
            return True
        return plain.isdigit() and (int(plain) == self.last + 1 or int(plain) == 1)

    def _end(self, at: int) -> int:
        while at < len(self.pieces):
            if self._begins(at) or self._heading(at)[0] is not None:
                return at
            if self._begins_unnumbered(at):
                return at
            at += 1
        return at

    def _begins_unnumbered(self, at: int) -> bool:
        """A line with an empty first cell and a code is a row whose number is missing."""
        piece = self.pieces[at]
        if not piece.begins_line or piece.text or at + 1 >= len(self.pieces):
            return False
        return bool(_CODE.match(self.pieces[at + 1].text))

    def _align(self, pieces: list[_Piece]) -> Record | None:
        while pieces and not pieces[-1].text:
            pieces = pieces[:-1]
        if not pieces:
            return None
        places = _Alignment(self.columns, pieces).best()
        cells = [""] * len(self.columns)
        missing = set(range(len(self.columns)))
        for piece, column in zip(pieces, places, strict=True):
            cells[column] = f"{cells[column]}\n{piece.text}".strip()
            missing.discard(column)
        number_at = self.columns.at(Column.NUMBER)
        number = cells[number_at] if number_at is not None else ""
        if number_at is not None and not is_number(number):
            number = ""
        lines = {piece.source.line for piece in pieces}
        displaced = len(lines) > 1 or not pieces[0].begins_line
        source = Source(pieces[0].source.line, pieces[-1].source.end_line, pieces[0].source.page)
        return Record(_plain(number), cells, missing, set(), source, displaced)


_UNLIKELY = -6.0
_SKIP = {
    Column.NAME: -9.0,
    Column.NUMBER: -3.0,
    Column.CODE: -1.2,
    Column.FIELD: -0.8,
    Column.AGENCIES: -0.8,
    Column.LEGAL_BASIS: -0.8,
}


class _Alignment:
    """Finds the columns of the pieces of a row: in order, by what a column may hold."""

    def __init__(self, columns: Columns, pieces: Sequence[_Piece]) -> None:
        self.columns = columns
        self.pieces = pieces

    def best(self) -> list[int]:
        """Return the column of each piece; several pieces of one cell come from line breaks."""
        width = len(self.columns)
        worst = float("-inf")
        table = [[worst] * width for _ in self.pieces]
        came: list[list[int]] = [[0] * width for _ in self.pieces]
        for at, piece in enumerate(self.pieces):
            for column in range(width):
                fit = self._fit(column, piece.text)
                if at == 0:
                    table[0][column] = fit + self._skipped(0, column)
                    continue
                for before in range(column + 1):
                    if before == column and not (piece.begins_line and piece.text):
                        continue
                    step = -0.4 if before == column else self._skipped(before + 1, column)
                    score = table[at - 1][before] + fit + step
                    if score > table[at][column]:
                        table[at][column], came[at][column] = score, before
        return self._path(table, came)

    def _path(self, table: list[list[float]], came: list[list[int]]) -> list[int]:
        width = len(self.columns)
        ends = [table[-1][c] + self._skipped(c + 1, width) for c in range(width)]
        if max(ends) == float("-inf"):  # more pieces than columns: the last column takes the rest
            return [min(at, width - 1) for at in range(len(self.pieces))]
        column = max(range(width), key=lambda c: ends[c])
        path = [column]
        for at in range(len(self.pieces) - 1, 0, -1):
            column = came[at][column]
            path.append(column)
        return path[::-1]

    def _skipped(self, start: int, end: int) -> float:
        return sum(_SKIP.get(kind, -0.5) for kind in self.columns.kinds[start:end])

    def _fit(self, column: int, text: str) -> float:
        kind = self.columns.kinds[column]
        if not text:
            return _SKIP.get(kind, -0.1) if kind in (Column.NAME, Column.NUMBER) else 0.0
        return _FITS.get(kind, _fit_other)(text)


def _fit_number(text: str) -> float:
    return 3.0 if is_number(text) else _UNLIKELY


def _fit_code(text: str) -> float:
    return 3.0 if _CODE.match(text) else _UNLIKELY


def _fit_name(text: str) -> float:
    if is_number(text) or _CODE.match(text):
        return _UNLIKELY
    return 1.0 if len(text) > 15 and not _LEGAL.match(text) else 0.2


def _fit_field(text: str) -> float:
    if is_number(text) or _CODE.match(text) or len(text) > 80:
        return _UNLIKELY
    return 0.2 if _AGENCY.match(text) or _LEGAL.match(text) else 0.8


def _fit_agencies(text: str) -> float:
    if is_number(text) or _CODE.match(text):
        return _UNLIKELY
    return 1.0 if _AGENCY.match(text) and not _LEGAL.match(text) else -0.5


def _fit_legal(text: str) -> float:
    if is_number(text) or _CODE.match(text):
        return _UNLIKELY
    return 1.0 if _LEGAL.search(text) else -0.5


def _fit_publication(text: str) -> float:
    if is_number(text) or _CODE.match(text):
        return _UNLIKELY
    return 1.0 if _PUBLISHED.search(text) else -0.5


def _fit_other(text: str) -> float:
    return -1.0 if _CODE.match(text) or _LEGAL.match(text) else 0.0


_FITS = {
    Column.NUMBER: _fit_number,
    Column.CODE: _fit_code,
    Column.NAME: _fit_name,
    Column.FIELD: _fit_field,
    Column.AGENCIES: _fit_agencies,
    Column.LEGAL_BASIS: _fit_legal,
    Column.PUBLICATION: _fit_publication,
}
