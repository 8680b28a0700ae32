"""Where everything of a swimlane stands, for the picture and for the exchange file alike."""

from __future__ import annotations

from collections.abc import Sequence

from ._geometry import Layout, Strip
from ._graph import bands
from ._placing import Placing
from ._record import Step

_APART = 26  # strips


def lay_out(steps: Sequence[Step], widest: int | None = None) -> Layout | None:
    """
    Return where the steps and the flows between them stand, by lane and order.

    `widest`: how many columns of steps stand side by side before a new strip begins below; None:
    all of them. None is returned where nothing can be drawn: no step, or steps that wait in a
    circle.
    """
    strips: list[Strip] = []
    top = 0
    for band in bands(steps, widest):
        strips.append(Placing(band, top).strip())
        top += strips[-1].rect.height + _APART
    if not strips:
        return None
    width = max(strip.rect.width for strip in strips)
    return Layout(tuple(strips), width, top - _APART)
