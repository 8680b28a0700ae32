"""Rows torn by a capture: pieces of cells parted by bars and line breaks, put back into rows."""

from __future__ import annotations

from collections.abc import Sequence

from tinhgon.domain.officialdoc import Source

from ._columns import Column, Columns
from ._fit import Alignment, Piece
from ._marks import (
    CODE,
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
from ._stream import Unit


class Torn:
    """Puts pieces of cells, parted by bars and line breaks, back into rows."""

    def __init__(self, columns: Columns, rows: Sequence[Unit], last: int) -> None:
        self.columns = columns
        self.last = last
        self.pieces = [
            Piece(place.text.strip(), row.source, at == 0)
            for row in rows
            for at, place in enumerate(row.cells)
        ]

    def items(self, before: Record | None = None) -> list[Item]:
        """
        Return the rows and headings; pieces in front of the first go on with the row `before`.
        """
        out: list[Item] = []
        at = self._go_on(before) if before is not None else 0
        while at < len(self.pieces):
            if not self.pieces[at].text and self._heading(at + 1)[0] is not None:
                at += 1  # the empty cell where the marker of a heading would stand
                continue
            heading, after = self._heading(at)
            if heading is not None:
                out.append(heading)
                at = after
                continue
            number = plain_number(self.pieces[at].text)
            if self._begins(at) and number.isdigit():
                self.last = int(number)
            end = self._end(at + 1)
            record = self._align(self.pieces[at:end])
            if record is not None:
                out.append(record)
            at = end
        return out

    def _go_on(self, before: Record) -> int:
        at = 0
        column = max((i for i, cell in enumerate(before.cells) if cell), default=0)
        while at < len(self.pieces) and not self._begins(at) and self._heading(at)[0] is None:
            piece = self.pieces[at]
            if self._begins_unnumbered(at):
                break
            if not piece.begins_line:
                column = min(column + 1, len(before.cells) - 1)
            if piece.text:
                glue = " " if piece.text[:1].islower() else "\n"
                before.cells[column] = f"{before.cells[column]}{glue}{piece.text}".strip()
                before.displaced = True
            at += 1
        return at

    def _heading(self, at: int) -> tuple[Heading | None, int]:
        """A marker and its text, and empty cells up to a number."""
        if at >= len(self.pieces):
            return None, at
        mark = self.pieces[at]
        if at + 1 < len(self.pieces) and MARK.match(mark.text):
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
        after = at + 1
        while after < len(self.pieces) and not self.pieces[after].text:
            after += 1
        glued = after > at + 1 and after < len(self.pieces) and self._begins(after)
        if glued and looks_like_heading(mark.text):  # without a marker, the first row behind it
            return Heading("", mark.text, mark.source, "plain"), after
        marked = MARKED.match(mark.text)
        alone = at + 1 >= len(self.pieces) or self.pieces[at + 1].begins_line
        if mark.begins_line and alone and marked and not marked["mark"].isdigit():
            return (
                Heading(marked["mark"], marked["text"], mark.source, style_of(marked["mark"])),
                at + 1,
            )
        title = looks_like_heading(mark.text) or (mark.text.isupper() and len(mark.text) > 5)
        if mark.begins_line and alone and title:
            return Heading("", mark.text, mark.source, "plain"), at + 1
        return None, at

    def _begins(self, at: int) -> bool:
        """Tell whether a row begins at a piece."""
        piece = self.pieces[at]
        alone = at + 1 >= len(self.pieces) or self.pieces[at + 1].begins_line
        if not self.columns.numbered:
            coded = self.columns.at(Column.CODE) == 0
            return piece.begins_line and not alone and bool(CODE.match(piece.text) or not coded)
        if not is_number(piece.text):
            return False
        number = plain_number(piece.text)
        if piece.begins_line and at + 1 < len(self.pieces) and not self.pieces[at + 1].begins_line:
            return True
        return number.isdigit() and int(number) in (self.last + 1, 1)

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
        return bool(CODE.match(self.pieces[at + 1].text))

    def _align(self, pieces: list[Piece]) -> Record | None:
        while pieces and not pieces[-1].text:
            pieces = pieces[:-1]
        if not pieces:
            return None
        places = Alignment(self.columns, pieces).best()
        cells = [""] * len(self.columns)
        for piece, column in zip(pieces, places, strict=True):
            cells[column] = f"{cells[column]}\n{piece.text}".strip()
        number_at = self.columns.at(Column.NUMBER)
        number = cells[number_at] if number_at is not None else ""
        if number_at is not None and not is_number(number):
            number = ""
        lines = {piece.source.line for piece in pieces}
        displaced = len(lines) > 1 or not pieces[0].begins_line
        source = Source(pieces[0].source.line, pieces[-1].source.end_line, pieces[0].source.page)
        return Record(plain_number(number), cells, set(), source, displaced)
