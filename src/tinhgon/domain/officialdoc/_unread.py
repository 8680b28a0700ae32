"""Where the pieces of a document that were not understood belong."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from ._model import Block, OfficialDoc, Unread


class UnreadQueue:
    """
    The pieces that were not understood, given out where they stood.

    A piece whose words are also part of a block is not given out: it is inside that block.
    """

    def __init__(self, doc: OfficialDoc) -> None:
        blocks = [*doc.legal_bases, *doc.body, *(b for annex in doc.annexes for b in annex.body)]
        every = [block for top in blocks for block in top.walk()]
        self._inside: dict[int, list[Unread]] = {}
        loose = []
        for piece in sorted(doc.unread, key=lambda each: each.source.line):
            holder = next((block for block in every if _holds(block, piece)), None)
            if holder is None:
                loose.append(piece)
            else:
                self._inside.setdefault(id(holder), []).append(piece)
        self._loose = deque(loose)
        starts = [annex.source.line for annex in doc.annexes]
        self._body_end = min(starts, default=None)

    def within(self, block: Block) -> list[Unread]:
        """Return the pieces that are part of the block's own text."""
        return self._inside.get(id(block), [])

    def before(self, block: Block) -> Iterator[Unread]:
        """Yield the pieces that stood before the block and were not yet given out."""
        return self._take(block.source.line)

    def rest_of_body(self) -> Iterator[Unread]:
        """Yield what is left before the annexes begin."""
        return self.rest() if self._body_end is None else self._take(self._body_end)

    def rest(self) -> Iterator[Unread]:
        """Yield everything left."""
        while self._loose:
            yield self._loose.popleft()

    def _take(self, line: int) -> Iterator[Unread]:
        while self._loose and self._loose[0].source.line < line:
            yield self._loose.popleft()


def _holds(block: Block, piece: Unread) -> bool:
    at = block.source
    return at.line <= piece.source.line <= at.end_line and piece.text in block.text
