"""What a calculation as a whole can be, beside the bounds of each figure."""

from __future__ import annotations

from decimal import Decimal

from tinhgon.domain.vntext import format_number

from ._cost import compare
from ._json import MOST_ROWS
from ._limits import BadFigure
from ._model import Sides

MOST_A_YEAR = Decimal(10) ** 17
"""Đồng a year, several times what the whole country produces. Not from any rule: our own bound."""


def check_year(cost: Decimal) -> None:
    """
    Refuse a yearly cost that cannot be: each figure of it may be possible, but not all together.

    :raises BadFigure: if it is beyond the most.
    """
    if cost > MOST_A_YEAR:
        raise BadFigure(
            f"Chi phí một năm vượt mức có thể có ({format_number(MOST_A_YEAR)} đồng). Kiểm tra lại "
            "số giờ, số lần và số đối tượng: có thể một số ghi sai đơn vị."
        )


def check_sides(sides: Sides) -> None:
    """
    Refuse a calculation that could not be kept.

    :raises BadFigure: if both sides together have more than `MOST_ROWS` different rows, or one
        costs more than can be.
    """
    keys = {row.key for side in (sides.now, sides.after) for row in side.rows}
    if len(keys) > MOST_ROWS:
        raise BadFigure(
            f"Bảng có {len(keys)} dòng công việc, tính cả dòng chỉ có ở một bên; tối đa "
            f"{MOST_ROWS} dòng. Gộp các việc giống nhau vào một dòng."
        )
    both = compare(sides.now, sides.after)
    check_year(max(both.now, both.after))
