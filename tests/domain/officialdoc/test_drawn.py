"""Lines drawn on a scanned page, found in its picture."""

from __future__ import annotations

import pytest

from tinhgon.domain.officialdoc._drawn import Drawn, find_lines
from tinhgon.domain.officialdoc._pdf_in import Picture

WIDTH, HEIGHT = 800, 600


def _drawn(*marks: tuple[int, int, int, int], slope: float = 0.0, grey: int = 40) -> Drawn:
    """Draw filled boxes (x0, y0, x1, y1) on a white page that falls by `slope` to the right."""
    pixels = bytearray(b"\xff" * (WIDTH * HEIGHT))
    for x0, y0, x1, y1 in marks:
        for x in range(x0, x1):
            for y in range(y0, y1):
                pixels[(y + round(slope * x)) * WIDTH + x - round(slope * y)] = grey
    head = b"P5 %d %d 255\n" % (WIDTH, HEIGHT)
    return find_lines(Picture(head + bytes(pixels), 300))


def _letters(drawn: Drawn) -> int:
    return sum(value < 160 for value in drawn.picture.data.split(b"\n", 1)[1])


GRID = [(100, y, 700, y + 3) for y in (100, 250, 400)] + [
    (x, 100, x + 3, 403) for x in (100, 300, 697)
]


@pytest.mark.parametrize("slope", [0.0, 0.006, -0.006])
def test_a_grid_is_found_straight_or_slanting(slope: float) -> None:
    drawn = _drawn(*GRID, slope=slope)
    rules = drawn.rules(slope)
    across = sorted(rule.y0 for rule in rules if not rule.upright)
    down = sorted(rule.x0 for rule in rules if rule.upright)
    assert across == pytest.approx([101 * 0.24, 251 * 0.24, 401 * 0.24], abs=1.0)
    assert down == pytest.approx([101 * 0.24, 301 * 0.24, 698 * 0.24], abs=1.0)


def test_the_picture_loses_its_lines_and_keeps_its_letters() -> None:
    letter = (150, 150, 170, 180)
    assert _letters(_drawn(*GRID, letter)) == 20 * 30
    assert _letters(_drawn(*GRID)) == 0


def test_a_worn_line_is_one_line() -> None:
    drawn = _drawn((100, 300, 350, 303), (360, 300, 700, 303))
    assert len(drawn.across) == 1
    assert drawn.across[0][0] == 100
    assert drawn.across[0][2] == 700


def test_pictures_and_strokes_are_no_lines() -> None:
    drawn = _drawn((100, 100, 400, 300), (500, 100, 560, 104), (600, 100, 604, 160))
    assert drawn.across == ()
    assert drawn.down == ()
    assert _letters(drawn) > 0


def test_a_blank_page_has_no_lines() -> None:
    assert _drawn().rules(0.0) == ()
