from __future__ import annotations

from decimal import Decimal

import pytest
from lxml import etree

from tinhgon.ui.charts import ticks, waterfall

STEPS = [
    ("Hiện tại", Decimal(940_836)),
    ("Chuẩn bị hồ sơ", Decimal(-313_612)),
    ("Nộp hồ sơ", Decimal(20_000)),
    ("Sau đơn giản hóa", Decimal(647_224)),
]


@pytest.mark.parametrize(
    ("most", "wanted"),
    [
        ("0", [0, 1]),
        ("1", ["0", "0.5", "1"]),
        ("940836", [0, 500_000, 1_000_000]),
        ("139435080", [0, 50_000_000, 100_000_000, 150_000_000]),
        ("975000000000", [0, *(n * 500_000_000_000 for n in (1, 2))]),
        ("400", [0, 100, 200, 300, 400]),
    ],
)
def test_few_round_numbers_reach_over_the_longest_bar(most: str, wanted: list[int | str]) -> None:
    assert ticks(Decimal(most)) == [Decimal(each) for each in wanted]


def test_each_step_stands_in_the_chart_with_its_figure_and_no_script() -> None:
    drawn = waterfall("Chi phí", STEPS, unit="đồng/năm")
    root = etree.fromstring(drawn)
    words = [text for text in root.itertext() if ": " in text]
    wanted = [
        "Sau đơn giản hóa: 647.224",
        "Nộp hồ sơ: 20.000",
        "Chuẩn bị hồ sơ: -313.612",
        "Hiện tại: 940.836",
    ]
    assert list(dict.fromkeys(each for each in words if each in wanted)) == wanted
    assert not root.findall(".//{*}script")
