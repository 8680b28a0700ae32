from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from lxml import etree

from tinhgon.domain.procedures import (
    CRITICAL_SIGN,
    START,
    Step,
    StepRow,
    critical_path,
    step_rows,
    swimlane,
    total_time,
)

from .records import COMPLETE, hours, steps, working_days

SVG = "{http://www.w3.org/2000/svg}"
STEPS = COMPLETE.steps


def picture(given_steps: tuple[Step, ...]) -> etree._Element:
    drawn = swimlane(given_steps)
    assert drawn is not None
    return etree.fromstring(drawn)


def words(element: etree._Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def stroke(element: etree._Element) -> float:
    return float(element.get("stroke-width", "0"))


def box(svg: etree._Element, number: int) -> etree._Element:
    """Return the group that draws a step."""
    for group in svg.iter(f"{SVG}g"):
        if any(re.search(rf"\bBước {number}$", text) for text in words(group)):
            return group
    raise AssertionError(f"no step {number} in the picture")


@pytest.mark.parametrize("given_steps", [(), (replace(STEPS[0], after=(1,)),)])
def test_what_cannot_be_drawn_is_none(given_steps: tuple[Step, ...]) -> None:
    assert swimlane(given_steps) is None


def test_a_step_shows_its_number_what_is_done_and_its_time() -> None:
    svg = picture(STEPS)
    assert words(box(svg, 3)) == ["Bước 3", "Lấy ý kiến Sở Tài", "chính", "02 ngày làm việc"]
    assert words(box(picture((Step(1, "Trình ký"),)), 1)) == ["Bước 1", "Trình ký"]


def test_every_actor_has_a_lane_and_the_ends_are_named() -> None:
    shown = words(picture(STEPS))
    for name in ("Văn thư", "Chuyên viên", "Sở Tài chính", "Trưởng phòng", "Bắt đầu", "Kết thúc"):
        assert name in shown
    assert "Chưa rõ ai thực hiện" in " ".join(words(picture((Step(1, "Trình ký"),))))


def test_the_critical_path_is_thicker_and_bears_a_sign() -> None:
    svg = picture(STEPS)
    width = {n: stroke(next(box(svg, n).iter(f"{SVG}rect"))) for n in range(1, 5)}
    assert width[1] == width[2] == width[4] > width[3]
    signed = [n for n in range(1, 5) if words(box(svg, n))[0].startswith(CRITICAL_SIGN)]
    assert signed == [1, 2, 4]
    legend = " ".join(words(svg)[-2:])
    assert legend.endswith(
        "◆ nét đậm: bước quyết định tổng thời gian. Thời gian dài nhất: 05 ngày làm việc, "
        "qua bước 1, 2, 4."
    )
    lines = [stroke(line) for line in svg.iter(f"{SVG}polyline")]
    # Start to 1, to the fork, to 2, to the join, to 4, to the end; and thin to and from 3.
    assert sorted(lines) == sorted([2.5] * 6 + [1.2] * 2)


def test_steps_one_after_another_need_no_sign() -> None:
    svg = picture((Step(1, "A", "B", hours(4)), Step(2, "C", "B", working_days(1))))
    assert CRITICAL_SIGN not in "".join(words(svg))
    assert words(svg)[-1] == "Tổng thời gian: 01 ngày làm việc 04 giờ làm việc."
    untimed = picture((Step(1, "A"), Step(2, "C", after=(START,))))
    assert CRITICAL_SIGN not in "".join(words(untimed))
    assert words(untimed)[-1] == "Chưa bước nào ghi thời gian."


@pytest.mark.parametrize(
    ("given_steps", "path"),
    [
        (STEPS, (1, 2, 4)),
        (STEPS[:2], ()),
        ((), ()),
        ((Step(1, "A", duration=hours(1), after=(1,)),), ()),
        ((Step(1, "A"), Step(2, "B", after=(START,))), ()),
        ((Step(1, "A"), Step(2, "B", duration=hours(1), after=(START,))), (2,)),
    ],
)
def test_the_critical_path_tells_steps_apart(
    given_steps: tuple[Step, ...], path: tuple[int, ...]
) -> None:
    assert critical_path(given_steps) == path


def test_it_is_named_and_described_for_those_who_do_not_see_it() -> None:
    svg = picture(STEPS)
    assert svg.get("role") == "img"
    assert [svg[0].tag, svg[1].tag] == [f"{SVG}title", f"{SVG}desc"]
    assert svg[0].text == "Sơ đồ trình tự thực hiện"
    assert svg[1].text == (
        "4 bước, 4 bên thực hiện. Thời gian dài nhất: 05 ngày làm việc, qua bước 1, 2, 4."
    )


def test_long_procedures_go_on_below_with_the_numbers_of_the_steps_there() -> None:
    many = tuple(Step(n, f"Việc {n}", "Phòng", hours(1)) for n in range(1, 10))
    shown = words(picture((*many, Step(10, "Việc 10", "Phòng", after=(START,)))))
    around = [(shown[n - 1], text) for n, text in enumerate(shown) if text.endswith("sang bước")]
    assert ("6", "sang bước") in around
    assert ("5", "từ bước") in [(shown[n - 1], text) for n, text in enumerate(shown)]
    assert "kết thúc" in shown, "10 leads straight to the end, which stands below"
    assert ("10", "từ bước") in [(shown[n - 1], text) for n, text in enumerate(shown)]


def test_words_of_people_cannot_become_markup() -> None:
    evil = '<script>alert(1)</script>&"\x00\ud800'
    drawn = swimlane((Step(1, evil, evil, hours(1), evil),))
    assert drawn is not None
    svg = etree.fromstring(drawn)
    assert {element.tag.removeprefix(SVG) for element in svg.iter()} <= {
        "svg", "title", "desc", "g", "rect", "circle", "polyline", "path", "text"
    }  # fmt: skip
    assert "<script" not in drawn
    assert 'alert(1)</script>&"' in (box(svg, 1)[0].text or "")


@given(steps(most=12))
def test_any_steps_are_drawn_whole_without_styles(given_steps: tuple[Step, ...]) -> None:
    drawn = swimlane(given_steps)
    if drawn is None:
        assert not given_steps or total_time(given_steps) is None
        return
    assert not re.search(r"\bstyle\b|\bclass=|\bid=|\bon\w+=", re.sub(r">[^<]*<", "><", drawn))
    svg = etree.fromstring(drawn)
    width, height = (int(svg.get(side, "0")) for side in ("width", "height"))
    assert svg.get("viewBox") == f"0 0 {width} {height}"
    for step in given_steps:
        assert box(svg, step.number) is not None
    for text in svg.iter(f"{SVG}text"):
        assert 0 <= int(text.get("x", "-1")) <= width
        assert 0 <= int(text.get("y", "-1")) <= height


def test_forty_steps_with_long_words() -> None:
    long = "Nghiêng" * 30
    many = tuple(Step(n, f"{long} {n}", f"{long} {n % 6}", hours(1)) for n in range(1, 41))
    svg = picture(many)
    assert all(words(box(svg, n))[-2].endswith("…") for n in range(1, 41))


def test_the_rows_of_the_table_say_the_same() -> None:
    assert step_rows(STEPS)[2:] == (
        StepRow(
            3,
            "Lấy ý kiến Sở Tài chính",
            "Sở Tài chính",
            "02 ngày làm việc",
            "Ý kiến",
            "thực hiện sau bước 1",
            decides=False,
        ),
        StepRow(
            4,
            "Trình ký quyết định",
            "Trưởng phòng",
            "12 giờ làm việc",
            "Quyết định",
            "thực hiện sau bước 2, 3",
            decides=True,
        ),
    )
    assert step_rows((Step(1, "Làm"),)) == (
        StepRow(1, "Làm", "Chưa rõ ai thực hiện", "", "", "", decides=False),
    )
