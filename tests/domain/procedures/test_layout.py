from __future__ import annotations

from graphlib import TopologicalSorter
from itertools import combinations, pairwise

import pytest
from hypothesis import given

from tinhgon.domain.procedures import START, Step, total_time, waits_for
from tinhgon.domain.procedures._geometry import HEADER, Rect, Routed, Strip
from tinhgon.domain.procedures._graph import NOBODY, Band, Shape, bands
from tinhgon.domain.procedures._layout import lay_out
from tinhgon.domain.procedures._wrapping import width_of, wrap

from .records import COMPLETE, hours, steps


def run(*after: tuple[int, ...], actor: str = "Chuyên viên") -> list[Step]:
    return [Step(n, f"Việc {n}", actor, after=named) for n, named in enumerate(after, 1)]


def drawn(band: Band) -> list[str]:
    names = {"StartEvent": "(", "EndEvent": ")"}
    short = [
        tuple(names.get(end, end.replace("_Step_", " ").removeprefix("Step_")) for end in ends)
        for ends in ((flow.source, flow.target) for flow in band.flows)
    ]
    return sorted(f"{source} > {target}" for source, target in short)


@pytest.mark.parametrize(
    ("given_steps", "flows"),
    [
        (run(()), ["( > 1", "1 > )"]),
        (run((), ()), ["( > 1", "1 > 2", "2 > )"]),
        # 2 and 3 beside one another: a fork behind 1, a join before 4.
        (
            run((), (), (1,), (2, 3)),
            [
                "( > 1",
                "1 > Fork 1",
                "2 > Join 4",
                "3 > Join 4",
                "4 > )",
                "Fork 1 > 2",
                "Fork 1 > 3",
                "Join 4 > 4",
            ],
        ),
        # Who waits for 1 and 2, where 2 waits for 1, waits for 2.
        (run((), (), (1, 2)), ["( > 1", "1 > 2", "2 > 3", "3 > )"]),
        (
            run((), (START,)),
            [
                "( > Fork_StartEvent",
                "1 > Join_EndEvent",
                "2 > Join_EndEvent",
                "Fork_StartEvent > 1",
                "Fork_StartEvent > 2",
                "Join_EndEvent > )",
            ],
        ),
        # A number that no step has holds nothing up.
        (
            run((), (9,)),
            [
                "( > Fork_StartEvent",
                "1 > Join_EndEvent",
                "2 > Join_EndEvent",
                "Fork_StartEvent > 1",
                "Fork_StartEvent > 2",
                "Join_EndEvent > )",
            ],
        ),
    ],
)
def test_what_flows_into_what(given_steps: list[Step], flows: list[str]) -> None:
    (band,) = bands(given_steps)
    assert drawn(band) == sorted(flows)


@pytest.mark.parametrize("given_steps", [[], run((1,)), run((2,), ())])
def test_nothing_is_drawn_of_no_step_or_a_circle(given_steps: list[Step]) -> None:
    assert bands(given_steps) == ()
    assert lay_out(given_steps) is None


def test_one_lane_for_each_actor_in_the_order_of_the_steps() -> None:
    actors = ["Văn thư", "", "văn  thư ", "Trưởng phòng", " "]
    (band,) = bands([Step(n, "Làm", actor) for n, actor in enumerate(actors, 1)])
    assert band.lanes == ("Văn thư", NOBODY, "Trưởng phòng")
    lanes = {node.id: node.lane for node in band.nodes}
    assert [lanes[f"Step_{n}"] for n in range(1, 6)] == [0, 1, 0, 2, 1]
    assert (lanes["StartEvent"], lanes["EndEvent"]) == (0, 1)


def test_a_long_procedure_is_cut_into_even_bands() -> None:
    found = bands(run(*[()] * 12), 5)
    assert [sum(n.shape is Shape.STEP for n in band.nodes) for band in found] == [4, 4, 4]
    assert drawn(found[1]) == [
        "5 > 6",
        "6 > 7",
        "7 > 8",
        "8 > Going 8 9",
        "Coming 4 5 > 5",
    ]
    going = next(node for node in found[1].nodes if node.shape is Shape.GOING)
    coming = next(node for node in found[1].nodes if node.shape is Shape.COMING)
    assert going.step
    assert coming.step
    assert (going.step.number, coming.step.number) == (9, 4)


def test_a_band_has_only_the_lanes_it_needs() -> None:
    many = [Step(n, "Làm", f"Người {(n + 1) // 2}") for n in range(1, 9)]
    assert [band.lanes for band in bands(many, 4)] == [
        ("Người 1", "Người 2"),
        ("Người 3", "Người 4"),
    ]


@given(steps())
def test_the_flows_say_what_waits_for_what(given_steps: tuple[Step, ...]) -> None:
    found = bands(given_steps)
    if not given_steps or total_time(given_steps) is None:
        assert found == ()
        return
    (band,) = found
    into: dict[str, set[str]] = {node.id: set() for node in band.nodes}
    for flow in band.flows:
        into[flow.target].add(flow.source)
    behind: dict[str, set[str]] = {}
    for name in TopologicalSorter(into).static_order():
        behind[name] = {m for n in into[name] for m in (n, *behind[n])}
    waits = waits_for(given_steps)
    before: dict[int, set[int]] = {}
    for number in TopologicalSorter(waits).static_order():
        before[number] = {m for n in waits[number] for m in (n, *before[n])}
    for number, earlier in before.items():
        steps_behind = {n for n in behind[f"Step_{number}"] if n.startswith("Step_")}
        assert steps_behind == {f"Step_{n}" for n in earlier}
        assert "StartEvent" in behind[f"Step_{number}"]
    assert {f"Step_{n}" for n in before} <= behind["EndEvent"]
    for node in band.nodes:
        out = sum(flow.source == node.id for flow in band.flows)
        assert len(into[node.id]) <= 1 or node.shape is Shape.JOIN
        assert out <= 1 or node.shape is Shape.FORK


def overlap(a: Rect, b: Rect) -> bool:
    apart = a.right <= b.x or b.right <= a.x or a.y + a.height <= b.y or b.y + b.height <= a.y
    return not apart


def check_strip(strip: Strip) -> None:
    for above, below in pairwise(strip.lanes):
        assert above.rect.y + above.rect.height == below.rect.y
    for a_node, b_node in combinations(strip.nodes, 2):
        assert not overlap(a_node.rect, b_node.rect), (a_node.node.id, b_node.node.id)
    places = {placed.node.id: placed.rect for placed in strip.nodes}
    for placed in strip.nodes:
        lane = strip.lanes[placed.node.lane].rect
        assert placed.rect.x > HEADER
        assert placed.rect.right < lane.width
        assert lane.y < placed.rect.y
        assert placed.rect.y + placed.rect.height < lane.y + lane.height
    for routed in strip.flows:
        source, target = places[routed.flow.source], places[routed.flow.target]
        assert routed.points[0] == (source.right, source.middle.y)
        assert routed.points[-1] == (target.x, target.middle.y)
        for a, b in pairwise(routed.points):
            assert a.x == b.x or a.y == b.y
            line = Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x) or 1, abs(a.y - b.y) or 1)
            for name, rect in places.items():
                free = name in (routed.flow.source, routed.flow.target) or not overlap(line, rect)
                assert free, (routed.flow.id, name)
        assert routed.points[-2].x < target.x - 7, "room for the head of the arrow"
    for one, other in combinations(strip.flows, 2):
        if one.flow.source != other.flow.source and one.flow.target != other.flow.target:
            assert not run_together(one, other), (one.flow.id, other.flow.id)


def run_together(one: Routed, other: Routed) -> bool:
    """Return whether a part of one line lies on the other, so that nobody can tell them apart."""
    for a, b in pairwise(one.points):
        for c, d in pairwise(other.points):
            for along, across in ((0, 1), (1, 0)):
                if len({a[across], b[across], c[across], d[across]}) == 1:
                    start = max(min(a[along], b[along]), min(c[along], d[along]))
                    end = min(max(a[along], b[along]), max(c[along], d[along]))
                    if start < end:
                        return True
    return False


@given(steps(most=14))
def test_nothing_overlaps_and_no_line_runs_through_a_box(given_steps: tuple[Step, ...]) -> None:
    for widest in (None, 1, 3, 5):
        layout = lay_out(given_steps, widest)
        if layout is None:
            assert not given_steps or total_time(given_steps) is None
            return
        for strip in layout.strips:
            check_strip(strip)
            assert strip.rect.width <= layout.width
            columns = {p.node.column for p in strip.nodes if p.node.shape is Shape.STEP}
            assert widest is None or len(columns) <= widest
        for above, below in pairwise(layout.strips):
            assert above.rect.y + above.rect.height < below.rect.y
        last = layout.strips[-1].rect
        assert layout.height == last.y + last.height


def test_steps_that_change_places_do_not_hide_each_other() -> None:
    layout = lay_out(
        [
            Step(1, "Việc 1", "Văn thư"),
            Step(2, "Việc 2", "Phòng", after=(START,)),
            Step(3, "Việc 3", "Phòng", after=(1,)),
            Step(4, "Việc 4", "Văn thư", after=(2,)),
        ]
    )
    assert layout
    check_strip(layout.strips[0])
    points = {routed.flow.id: len(routed.points) for routed in layout.strips[0].flows}
    assert sorted([points["Flow_Step_1_Step_3"], points["Flow_Step_2_Step_4"]]) == [4, 6]


def test_steps_beside_one_another_stand_in_one_column() -> None:
    layout = lay_out(COMPLETE.steps)
    assert layout
    left = {placed.node.id: placed.rect.x for placed in layout.strips[0].nodes}
    assert left["Step_2"] == left["Step_3"]
    assert left["StartEvent"] < left["Step_1"] < left["Step_2"] < left["Step_4"] < left["EndEvent"]


def test_a_flow_with_nothing_between_runs_straight() -> None:
    beside = [
        Step(1, "Tiếp nhận", "Văn thư", hours(1)),
        Step(2, "Thẩm định", "Phòng", hours(1)),
        Step(3, "Trình ký", "Phòng", hours(1)),
        Step(4, "Lưu hồ sơ", "Văn thư", hours(1), after=(1,)),
        Step(5, "Phát hành", "Văn thư", hours(1), after=(3, 4)),
    ]
    layout = lay_out(beside)
    assert layout
    points = {routed.flow.id: routed.points for routed in layout.strips[0].flows}
    assert len(points["Flow_Step_4_Join_Step_5"]) == 2


@pytest.mark.parametrize(
    ("text", "most", "lines"),
    [
        ("", 3, ()),
        ("  \n ", 3, ()),
        ("Trình ký", 3, ("Trình ký",)),
        ("Tiếp nhận hồ sơ", 3, ("Tiếp nhận", "hồ sơ")),
        ("Tiếp nhận hồ sơ, thẩm định", 2, ("Tiếp nhận", "hồ sơ…")),
        ("Nghiêngnghiêngnghiêng", 3, ("Nghiêngng", "hiêngnghiê", "ng")),
        ("Nghiêngnghiêngnghiêng", 1, ("Nghiêngn…",)),
        ("一二三四五六七八", 9, ("一二三四五六", "七八")),
    ],
)
def test_text_is_wrapped(text: str, most: int, lines: tuple[str, ...]) -> None:
    found = wrap(text, 72, 12, most)
    assert found == lines
    assert all(width_of(line, 12) <= 72 for line in found)


def test_marks_take_no_room() -> None:
    assert width_of("thẩm định", 12) == width_of("tham dinh", 12)
    assert width_of("e\u0301", 12) == width_of("é", 12)
    assert width_of("q\u0301", 12) == width_of("q", 12)
