from __future__ import annotations

from collections.abc import Mapping, Sequence

from ._alignment import align
from ._difference import row_key
from ._record import Paper, Step


def followed(
    old: Sequence[Step] | Sequence[Paper], new: Sequence[Step] | Sequence[Paper]
) -> Mapping[int, int]:
    """
    Return which row of `new` each row of `old` became, by positions from 0; not what is gone.

    Rows are the same by what they say, as in `difference`.
    """
    pairs = align([row_key(row) for row in old], [row_key(row) for row in new])
    return {p.old: p.new for p in pairs if p.old is not None and p.new is not None}
