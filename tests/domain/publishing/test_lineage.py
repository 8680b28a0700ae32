from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from tinhgon.domain.publishing import Lane, Replacement, Span, draw_lineage

NS = {"s": "http://www.w3.org/2000/svg"}
OLD = Lane(1, "Thủ tục cũ", (Span(date(2022, 1, 2), date(2023, 1, 2), "1/QĐ-UBND", "QĐ 1"),))
NEW = Lane(2, "Thủ tục mới", (Span(date(2023, 1, 2), None, "2/QĐ-UBND", "QĐ 2"),), is_shown=True)
TIE = Replacement(1, 2, date(2023, 1, 2), "Thay thế theo QĐ 2")


def drawn(lanes: list[Lane], ties: list[Replacement]) -> ElementTree.Element:
    return ElementTree.fromstring(draw_lineage(lanes, ties))  # noqa: S314 -- of our own making


def test_nothing_in_force_draws_nothing() -> None:
    assert draw_lineage([Lane(1, "Trống", ())], []) == ""


def test_each_version_is_a_bar_from_its_day_to_the_next() -> None:
    svg = drawn([OLD, NEW], [TIE])

    bars = [(float(r.get("x", 0)), float(r.get("width", 0))) for r in svg.findall(".//s:rect", NS)]
    old, new = bars
    assert old[0] + old[1] < new[0] + 2
    assert new[0] + new[1] == pytest.approx(float(svg.get("width", 0)) - 1)


def test_days_are_written_once_each() -> None:
    texts = [t.text for t in drawn([OLD, NEW], [TIE]).findall(".//s:text", NS)]

    assert texts.count("02/01/2022") == texts.count("02/01/2023") == 1


@pytest.mark.parametrize("lanes", [[OLD, NEW], [NEW, OLD]])
def test_the_arrow_leads_from_the_old_bar_to_the_new(lanes: list[Lane]) -> None:
    svg = drawn(lanes, [TIE])

    [arrow] = [g for g in svg.findall("s:g", NS) if g.find("s:path", NS) is not None]
    line = arrow.find("s:line", NS)
    assert line is not None
    down = float(line.get("y2", 0)) > float(line.get("y1", 0))
    assert down is (lanes[0] is OLD)


def test_a_tie_to_what_is_not_drawn_is_left_out() -> None:
    svg = drawn([NEW], [TIE])

    assert svg.findall(".//s:path", NS) == []


def test_long_names_and_odd_letters_are_safe() -> None:
    odd = Lane(1, "<b>&\x00" * 60, (Span(date(2022, 1, 2), None, "<x>", "&"),))

    svg = drawn([odd], [])

    assert "…" in "".join(t.text or "" for t in svg.findall(".//s:text", NS))
