"""Under which columns the pieces of a torn row belong: in order, by what a column may hold."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tinhgon.domain.officialdoc import Source

from ._columns import Column, Columns
from ._marks import CODE, is_number

_LEGAL = re.compile(
    r"\b(?:luật|nghị định|thông tư|quyết định|nghị quyết|bộ luật|pháp lệnh|căn cứ)\b", re.IGNORECASE
)
_PUBLISHED = re.compile(r"\bcông bố\b|quyết định này", re.IGNORECASE)
_AGENCY = re.compile(
    r"^\W*(?:ubnd|ủy ban|uỷ ban|sở|bộ|chủ tịch|cục|cơ quan|các|trung tâm|phòng|hđnd|"
    r"hội đồng|ban|văn phòng|công an|giám đốc)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Piece:
    text: str
    source: Source
    begins_line: bool


_UNLIKELY = -6.0
_WRAPPED = 2.0
_SKIP = {
    Column.NAME: -9.0,
    Column.NUMBER: -3.0,
    Column.CODE: -1.2,
    Column.FIELD: -0.8,
    Column.AGENCIES: -0.8,
    Column.LEGAL_BASIS: -0.8,
}


class Alignment:
    """Finds the columns of the pieces of a row: in order, by what a column may hold."""

    def __init__(self, columns: Columns, pieces: Sequence[Piece]) -> None:
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
                    if piece.begins_line and piece.text[:1].islower():  # a cell wrapped over lines
                        step += _WRAPPED if before == column else -_WRAPPED
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
    return 3.0 if CODE.match(text) else _UNLIKELY


def _fit_name(text: str) -> float:
    if is_number(text) or CODE.match(text):
        return _UNLIKELY
    return 1.0 if len(text) > 15 and not _LEGAL.match(text) else 0.2


def _fit_field(text: str) -> float:
    if is_number(text) or CODE.match(text) or len(text) > 80:
        return _UNLIKELY
    return 0.2 if _AGENCY.match(text) or _LEGAL.match(text) else 0.8


def _fit_agencies(text: str) -> float:
    if is_number(text) or CODE.match(text):
        return _UNLIKELY
    return 1.0 if _AGENCY.match(text) and not _LEGAL.match(text) else -0.5


def _fit_legal(text: str) -> float:
    if is_number(text) or CODE.match(text):
        return _UNLIKELY
    return 1.0 if _LEGAL.search(text) else -0.5


def _fit_publication(text: str) -> float:
    if is_number(text) or CODE.match(text):
        return _UNLIKELY
    return 1.0 if _PUBLISHED.search(text) else -0.5


def _fit_other(text: str) -> float:
    return -1.0 if CODE.match(text) or _LEGAL.match(text) else 0.0


_FITS = {
    Column.NUMBER: _fit_number,
    Column.CODE: _fit_code,
    Column.NAME: _fit_name,
    Column.FIELD: _fit_field,
    Column.AGENCIES: _fit_agencies,
    Column.LEGAL_BASIS: _fit_legal,
    Column.PUBLICATION: _fit_publication,
}
