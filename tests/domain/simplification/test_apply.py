from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.domain.procedures.records import records
from tinhgon.domain.procedures import (
    Body,
    CopyKind,
    Duration,
    Manner,
    Paper,
    Part,
    Record,
    Step,
    Unit,
    total_time,
)
from tinhgon.domain.simplification import Cause, Measure, MeasureKind, apply, targets

K = MeasureKind


def days(amount: int) -> Duration:
    return Duration(Decimal(amount), Unit.WORKING_DAY)


RECORD = Record(
    name="Thẩm định kế hoạch mua sắm",
    steps=(
        Step(1, "Đơn vị gửi hồ sơ", "Đơn vị", days(1), "Hồ sơ"),
        Step(2, "Văn thư vào sổ", "Văn thư", days(1)),
        Step(3, "Phòng chuyên môn thẩm định", "Phòng", days(5), "Báo cáo"),
        Step(4, "Lấy ý kiến Sở Tài chính", "Phòng", days(5), "Ý kiến"),
        Step(5, "Giám đốc ký", "Giám đốc", days(2), "Quyết định"),
    ),
    manners=(Manner.IN_PERSON,),
    papers=(Paper("Tờ trình"), Paper("Dự toán", quantity=2), Paper("Quyết định thành lập")),
    dossier_sets=3,
    time_limit=days(14),
    bodies=(Body(Part.DECIDING, "Ủy ban nhân dân tỉnh"),),
    conditions=("Đã được giao dự toán", "Có ý kiến của cấp trên"),
)


def measure(kind: MeasureKind, target: str = "", **value: Any) -> Measure:
    return Measure(kind, target, {name.rstrip("_"): each for name, each in value.items()})


def shorten(target: str, amount: str, unit: str = "working_day") -> Measure:
    return measure(K.SHORTEN, target, amount=amount, unit=unit)


def after(*measures: Measure, record: Record = RECORD) -> Record:
    result = apply(record, measures)
    assert result.conflicts == ()
    assert result.record is not None
    return result.record


def causes(*measures: Measure, record: Record = RECORD) -> list[tuple[int, Cause, int | None]]:
    return [(c.measure, c.cause, c.other) for c in apply(record, measures).conflicts]


def outline(record: Record) -> list[tuple[int, str, tuple[int, ...]]]:
    return [(step.number, step.what.split()[0], step.after) for step in record.steps]


def test_a_dropped_step_leaves_no_gap() -> None:
    found = after(measure(K.DROP_STEP, "step:2"))

    assert outline(found) == [
        (1, "Đơn", ()),
        (2, "Phòng", ()),
        (3, "Lấy", ()),
        (4, "Giám", ()),
    ]


def test_those_who_waited_for_a_dropped_step_wait_for_what_it_waited_for() -> None:
    steps = list(RECORD.steps)
    steps[2] = replace(steps[2], after=(1,))
    steps[3] = replace(steps[3], after=(2,))
    steps[4] = replace(steps[4], after=(3, 4))

    found = after(measure(K.DROP_STEP, "step:4"), record=replace(RECORD, steps=tuple(steps)))

    assert outline(found) == [
        (1, "Đơn", ()),
        (2, "Văn", ()),
        (3, "Phòng", (1,)),
        (4, "Giám", (2, 3)),
    ]


def test_two_steps_become_one_with_the_time_of_both() -> None:
    found = after(measure(K.MERGE_STEPS, "step:3", with_=["step:4"]))

    assert found.steps[2] == Step(
        3,
        "Phòng chuyên môn thẩm định; Lấy ý kiến Sở Tài chính",
        "Phòng",
        days(10),
        "Báo cáo; Ý kiến",
    )
    assert outline(found)[3:] == [(4, "Giám", ())]


def test_a_merger_may_say_what_the_step_becomes() -> None:
    found = after(
        measure(
            K.MERGE_STEPS, "step:3", with_=["step:4"], what="Thẩm định", amount="6",
            unit="working_day", product="Báo cáo",
        )
    )  # fmt: skip

    assert found.steps[2] == Step(3, "Thẩm định", "Phòng", days(6), "Báo cáo")


def test_steps_with_another_between_them_do_not_merge() -> None:
    merger = measure(K.MERGE_STEPS, "step:1", with_=["step:3"])

    assert causes(merger) == [(0, Cause.CIRCLE, None)]
    assert outline(after(merger, measure(K.DROP_STEP, "step:2")))[:2] == [
        (1, "Đơn", ()),
        (2, "Lấy", ()),
    ]


def test_where_every_part_of_the_old_record_stands_now() -> None:
    found = apply(
        RECORD,
        [
            measure(K.DROP_STEP, "step:2"),
            measure(K.MERGE_STEPS, "step:3", with_=["step:4"]),
            measure(K.DROP_PAPER, "paper:1"),
            measure(K.DROP_CONDITION, "condition:1"),
        ],
    )

    assert found.kept == {
        "step:1": "step:1",
        "step:3": "step:2",
        "step:4": "step:2",
        "step:5": "step:3",
        "paper:2": "paper:1",
        "paper:3": "paper:2",
        "condition:2": "condition:1",
    }
    assert found.gone == {"step:2", "paper:1", "condition:1"}


def test_the_other_kinds() -> None:
    found = after(
        shorten("time_limit", "9"),
        shorten("step:4", "3"),
        measure(K.FEWER_SETS, "dossier_sets", sets=1),
        measure(K.ELECTRONIC, "manners", only=True),
        measure(K.ELECTRONIC, "paper:2"),
        measure(K.FORM, "paper:1", name="Mẫu số 01"),
        measure(K.DELEGATE, "body:1", name="Sở Tài chính", devolved=True, steps=["step:5"]),
        measure(K.INTERCONNECT, with_="Sở Nội vụ"),
        measure(K.OTHER, "result", text="Thông báo"),
        measure(K.OTHER),
    )

    assert found.time_limit == days(9)
    assert found.steps[3].duration == days(3)
    assert found.dossier_sets == 1
    assert found.manners == (Manner.E_OFFICE,)
    assert found.papers[1] == Paper("Dự toán", CopyKind.ELECTRONIC, 2)
    assert found.papers[0].form == "Mẫu số 01"
    assert [form.name for form in found.forms] == ["Mẫu số 01"]
    assert found.bodies == (Body(Part.DECIDING, "Sở Tài chính"),)
    assert found.steps[4].actor == "Sở Tài chính"
    assert found.is_interconnected
    assert found.result == "Thông báo"


def test_whoever_is_authorised_decides_beside_the_authority() -> None:
    found = after(measure(K.DELEGATE, "body:1", name="Sở Tài chính"))

    assert found.bodies == (*RECORD.bodies, Body(Part.DELEGATED, "Sở Tài chính"))


@pytest.mark.parametrize("kind", [K.ABOLISH, K.MERGE])
def test_nothing_is_left_of_a_procedure_that_ends(kind: MeasureKind) -> None:
    found = apply(RECORD, [measure(kind, into="Thẩm định dự toán")])

    assert (found.record, found.ending, found.conflicts) == (None, kind, ())
    assert len(found.gone) == 10


DROP_2 = measure(K.DROP_STEP, "step:2")
MERGE_3_4 = measure(K.MERGE_STEPS, "step:3", with_=["step:4"])
CONFLICTS: dict[str, tuple[list[Measure], list[tuple[int, Cause, int | None]]]] = {
    "acts on a part that another removed": (
        [shorten("step:2", "0.5"), DROP_2],
        [(0, Cause.REMOVED, 1)],
    ),
    "form for a paper that is gone": (
        [measure(K.DROP_PAPER, "paper:1"), measure(K.FORM, "paper:1", name="Mẫu")],
        [(1, Cause.REMOVED, 0)],
    ),
    "merges what is dropped": (
        [MERGE_3_4, measure(K.DROP_STEP, "step:4")],
        [(0, Cause.REMOVED, 1)],
    ),
    "shortens what becomes another step": (
        [MERGE_3_4, shorten("step:3", "2")],
        [(1, Cause.REMOVED, 0)],
    ),
    "hands over a step that is gone": (
        [DROP_2, measure(K.DELEGATE, "body:1", name="Sở", steps=["step:2"])],
        [(1, Cause.REMOVED, 0)],
    ),
    "merges one step into two": (
        [MERGE_3_4, measure(K.MERGE_STEPS, "step:5", with_=["step:4"])],
        [(1, Cause.REMOVED, 0)],
    ),
    "abolish beside others": (
        [DROP_2, measure(K.ABOLISH), shorten("time_limit", "3")],
        [(0, Cause.BESIDE_END, 1), (2, Cause.BESIDE_END, 1)],
    ),
    "two ends": (
        [measure(K.ABOLISH), measure(K.MERGE, into="Khác")],
        [(1, Cause.BESIDE_END, 0)],
    ),
    "the same again": ([DROP_2, DROP_2], [(1, Cause.TWICE, 0)]),
    "two new times": (
        [shorten("step:3", "4"), shorten("step:3", "3")],
        [(1, Cause.TWICE, 0)],
    ),
    "not shorter": ([shorten("time_limit", "14")], [(0, Cause.NOT_SHORTER, None)]),
    "longer in another unit": (
        [shorten("time_limit", "113", "hour")],
        [(0, Cause.NOT_SHORTER, None)],
    ),
    "perhaps not shorter": ([shorten("time_limit", "14", "day")], [(0, Cause.NOT_SHORTER, None)]),
    "never longer": ([shorten("time_limit", "13", "day")], []),
    "no time at all": ([shorten("time_limit", "-1")], [(0, Cause.INCOMPLETE, None)]),
    "no fewer sets": (
        [measure(K.FEWER_SETS, "dossier_sets", sets="3")],
        [(0, Cause.NOT_FEWER, None)],
    ),
    "no sets": ([measure(K.FEWER_SETS, "dossier_sets", sets="0")], [(0, Cause.INCOMPLETE, None)]),
    "no such part": ([measure(K.DROP_PAPER, "paper:4")], [(0, Cause.UNKNOWN_PART, None)]),
    "a part of another kind": ([measure(K.DROP_PAPER, "step:1")], [(0, Cause.UNKNOWN_PART, None)]),
    "merged into nothing": ([measure(K.MERGE)], [(0, Cause.INCOMPLETE, None)]),
    "steps merged with none": ([measure(K.MERGE_STEPS, "step:1")], [(0, Cause.INCOMPLETE, None)]),
    "a refused end is in nobody's way": ([measure(K.MERGE), DROP_2], [(0, Cause.INCOMPLETE, None)]),
    "a form without a name": ([measure(K.FORM, "forms")], [(0, Cause.INCOMPLETE, None)]),
    "handed to nobody": ([measure(K.DELEGATE, "body:1")], [(0, Cause.INCOMPLETE, None)]),
}


@pytest.mark.parametrize("case", CONFLICTS)
def test_conflicts_name_the_measure_and_what_is_in_its_way(case: str) -> None:
    measures, expected = CONFLICTS[case]

    assert causes(*measures) == expected


def test_what_is_so_already_changes_nothing() -> None:
    record = replace(
        RECORD,
        is_interconnected=True,
        manners=(Manner.E_OFFICE,),
        papers=(Paper("Tờ trình", CopyKind.ELECTRONIC),),
    )

    found = causes(
        measure(K.INTERCONNECT),
        measure(K.ELECTRONIC, "manners", only=True),
        measure(K.ELECTRONIC, "paper:1"),
        record=record,
    )

    assert found == [(n, Cause.NOTHING_CHANGES, None) for n in range(3)]


def test_measures_in_conflict_are_left_out_and_the_others_applied() -> None:
    found = apply(RECORD, [shorten("step:2", "0.5"), DROP_2, shorten("time_limit", "20")])

    assert found.record == after(DROP_2)


def test_a_limit_that_stays_although_the_steps_became_shorter_is_noted() -> None:
    notes = apply(RECORD, [DROP_2]).notes

    assert [note for note in notes if "13 ngày làm việc" in note and "14" in note]
    assert apply(RECORD, [DROP_2, shorten("time_limit", "13")]).notes == ()


@st.composite
def records_with_measures(draw: st.DrawFn) -> tuple[Record, list[Measure]]:
    record = draw(records)
    offered = [(kind, target.key) for kind in MeasureKind for target in targets(record, kind)]
    chosen = draw(st.lists(st.sampled_from(offered), max_size=6))
    steps = [f"step:{step.number}" for step in record.steps]
    measures = []
    for kind, target in chosen:
        value = {
            "amount": draw(st.sampled_from(["0.5", "1", "3", "bốn"])),
            "unit": draw(st.sampled_from(["hour", "working_day", "day", "month"])),
            "sets": draw(st.integers(0, 2)),
            "name": "Sở Tài chính",
            "into": "Thủ tục khác",
            "only": draw(st.booleans()),
        }
        if steps and kind is K.MERGE_STEPS:
            value["with"] = draw(st.lists(st.sampled_from(steps), max_size=2))
        measures.append(Measure(kind, target, value))
    return record, measures


@settings(max_examples=40)
@given(records_with_measures())
def test_whatever_is_planned_there_is_an_answer(case: tuple[Record, list[Measure]]) -> None:
    record, measures = case
    found = apply(record, measures)

    places = [conflict.measure for conflict in found.conflicts]
    assert sorted(set(places)) == sorted(places)
    if found.record is None:
        assert found.ending
        return
    assert len(found.kept) + len(found.gone) == sum(
        len(rows) for rows in (record.steps, record.papers, record.conditions)
    )
    steps = {new for old, new in found.kept.items() if old.startswith("step:")}
    assert steps == {f"step:{n}" for n in range(1, len(found.record.steps) + 1)}
    if total_time(record.steps) is not None:
        assert total_time(found.record.steps) is not None


@settings(max_examples=40)
@given(records_with_measures())
def test_what_was_applied_has_no_conflict_and_gives_the_same_alone(
    case: tuple[Record, list[Measure]],
) -> None:
    record, measures = case
    found = apply(record, measures)
    left_out = {conflict.measure for conflict in found.conflicts}

    again = apply(record, [m for n, m in enumerate(measures) if n not in left_out])

    assert again.conflicts == ()
    assert again.record == found.record


@settings(max_examples=40)
@given(records)
def test_no_measure_changes_nothing(record: Record) -> None:
    found = apply(record, [])

    assert found.record is not None
    assert [s.what for s in found.record.steps] == [s.what for s in record.steps]
    assert replace(found.record, steps=()) == replace(record, steps=())
    assert found.gone == frozenset()
