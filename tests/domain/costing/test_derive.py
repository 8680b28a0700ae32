from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from tests.domain.procedures.records import COMPLETE, complete, days, hours, working_days
from tinhgon.domain.costing import (
    Change,
    Complexity,
    Confidence,
    Note,
    Row,
    RowGroup,
    Sheet,
    Side,
    Sides,
    Stated,
    Term,
    compare,
    correct_all,
    cost,
    derive,
    derive_again,
    figure,
    from_record,
    state,
)
from tinhgon.domain.procedures import CopyKind, Manner, Paper, Record, Step
from tinhgon.domain.simplification import Measure, MeasureKind, apply
from tinhgon.domain.vntext import format_share

from .sheets import row, sheet

PAPERS = (
    Paper("Tờ trình", quantity=2),
    Paper("Đề án vị trí việc làm"),
    Paper("Quyết định thành lập", CopyKind.CERTIFIED),
)
RECORD = complete(
    papers=PAPERS, dossier_sets=4, manners=(Manner.IN_PERSON,), subjects=("Sở, ban, ngành",)
)


def proposed(record: Record = RECORD, **said: Any) -> Sheet:
    return sheet(*from_record(record), **said)


def by_key(one: Sheet) -> dict[str, Row]:
    return {each.key: each for each in one.rows}


def followed(as_is: Record, to_be: Record) -> dict[str, str]:
    """Return where each paper and step stands afterwards: the same by its name."""
    papers, steps = ([paper.name for paper in to_be.papers], [step.what for step in to_be.steps])
    return {
        f"{kind}:{n}": f"{kind}:{later.index(name) + 1}"
        for kind, names, later in (
            ("paper", [paper.name for paper in as_is.papers], papers),
            ("step", [step.what for step in as_is.steps], steps),
        )
        for n, name in enumerate(names, 1)
        if name in later
    }


def after(to_be: Record, now: Sheet | None = None, *stated: Stated) -> dict[str, Row]:
    change = Change(RECORD, to_be, followed(RECORD, to_be))
    return by_key(derive(now or proposed(), change, stated))


MERGED = Record(
    "A",
    steps=(
        Step(1, "Thẩm định hồ sơ", "Chuyên viên", working_days(3)),
        Step(2, "Lấy ý kiến", "Chuyên viên", working_days(1)),
        Step(3, "Trình ký", "Trưởng phòng", working_days(2)),
    ),
)


@pytest.mark.parametrize(
    ("value", "hours_after", "ratio"),
    [
        ({}, ["4", "2", "1"], "0,00%"),  # what was two jobs is done in one go: nothing is shorter
        ({"amount": "4", "unit": "working_day"}, ["4", "2", "1"], "0,00%"),
        ({"amount": "5", "unit": "working_day"}, ["4", "2", "1"], "0,00%"),
        ({"amount": "2", "unit": "working_day"}, ["2", "1", "1"], "42,86%"),
        ({"amount": "8", "unit": "hour"}, ["1", "0,5", "1"], "64,29%"),
        ({"amount": "2", "unit": "day"}, ["4", "2", "1"], "0,00%"),  # not to be compared
    ],
)
@pytest.mark.parametrize(("target", "other"), [("step:1", "step:2"), ("step:2", "step:1")])
def test_a_merger_saves_only_by_a_time_that_it_states(
    target: str, other: str, value: dict[str, str], hours_after: list[str], ratio: str
) -> None:
    now = sheet(
        *(
            row(f"step-{n}", part=f"step:{n}", hours=hours)
            for n, hours in enumerate(["4", "2", "1"], 1)
        )
    )
    measure = Measure(MeasureKind.MERGE_STEPS, target, {"with": [other], **value})
    to_be = apply(MERGED, [measure])
    assert to_be.record is not None
    assert not to_be.conflicts
    found = derive(now, Change(MERGED, to_be.record, to_be.kept))
    assert [figure(each.hours) for each in found.rows] == hours_after
    assert not any(each.gone for each in found.rows)
    assert format_share(compare(now, found).ratio) == ratio


def test_a_merger_of_steps_of_unknown_time_saves_nothing() -> None:
    steps = (MERGED.steps[0], replace(MERGED.steps[1], duration=None), MERGED.steps[2])
    as_is = replace(MERGED, steps=steps)
    value = {"with": ["step:2"], "amount": "1", "unit": "hour"}
    to_be = apply(as_is, [Measure(MeasureKind.MERGE_STEPS, "step:1", value)])
    now = sheet(row("a", part="step:1", hours=4), row("b", part="step:2", hours=2))
    assert derive(now, Change(as_is, to_be.record, to_be.kept)) == now


def test_what_a_shorter_merged_step_saves_says_why() -> None:
    value = {"with": ["step:2"], "amount": "2", "unit": "working_day"}
    to_be = apply(MERGED, [Measure(MeasureKind.MERGE_STEPS, "step:1", value)])
    now = sheet(row("b", part="step:2", hours=2))
    (found,) = derive(now, Change(MERGED, to_be.record, to_be.kept)).rows
    assert found.note(Term.HOURS).reason == "Gộp các bước 1, 2 và rút ngắn thời gian"


def test_rows_come_from_papers_manners_and_steps_of_others() -> None:
    assert [
        (each.key, each.group, each.side, each.activity, figure(each.hours))
        for each in from_record(RECORD)
    ] == [
        ("paper-1", RowGroup.PREPARE, Side.PERFORMING, "letter", "2"),
        ("paper-2", RowGroup.PREPARE, Side.PERFORMING, "plan", "16"),
        ("paper-3", RowGroup.PREPARE, Side.PERFORMING, "certify", "1"),
        ("sets", RowGroup.PREPARE, Side.PERFORMING, "copy", "2"),
        ("submit", RowGroup.SUBMIT, Side.PERFORMING, "submit_in_person", "2"),
        ("receive", RowGroup.RECEIVE, Side.PERFORMING, "receive_in_person", "1"),
        ("step-1", RowGroup.OTHER, Side.DECIDING, "", "4"),
        ("step-2", RowGroup.OTHER, Side.DECIDING, "", "24"),
        ("step-3", RowGroup.OTHER, Side.DECIDING, "", "16"),
        ("step-4", RowGroup.OTHER, Side.DECIDING, "", "12"),
    ]


def test_proposals_know_that_they_are_proposals() -> None:
    for each in from_record(RECORD):
        note = each.note(Term.HOURS)
        assert note.confidence == "low"
        assert note.source
        assert not note.by
    step = by_key(proposed())["step-2"].note(Term.HOURS)
    assert step.source == "Lấy toàn bộ thời hạn của bước: 03 ngày làm việc"
    assert [step.low, step.high] == [8, 24]


@pytest.mark.parametrize(
    ("paper", "activity"),
    [
        (Paper("Báo cáo tổng hợp"), "report"),
        (Paper("Phù hợp quy hoạch"), "plan"),
        (Paper("Sơ đồ", form="Mẫu số 02"), "form"),
        (Paper("Sơ đồ"), "gather"),
        (Paper("Văn bản", CopyKind.COPY), "gather"),
        (Paper("Biên bản họp"), "report"),
        (Paper("Lấy ý kiến"), "gather"),  # what is no preparing is no activity of a paper
    ],
)
def test_what_a_paper_takes(paper: Paper, activity: str) -> None:
    assert from_record(Record("A", papers=(paper,)))[0].activity == activity


@pytest.mark.parametrize(
    ("manners", "submit", "receive"),
    [
        ((), "submit_electronic", "receive_electronic"),
        ((Manner.E_OFFICE,), "submit_electronic", "receive_electronic"),
        ((Manner.IN_PERSON, Manner.POST), "submit_post", "receive_electronic"),
        ((Manner.IN_PERSON,), "submit_in_person", "receive_in_person"),
    ],
)
def test_of_several_manners_the_one_that_costs_least(
    manners: tuple[Manner, ...], submit: str, receive: str
) -> None:
    found = by_key(proposed(Record("A", manners=manners)))
    assert (found["submit"].activity, found["receive"].activity) == (submit, receive)


@pytest.mark.parametrize(
    ("fee", "fees"),
    [
        ("Không", None),
        ("Không quy định", None),
        ("Miễn phí", None),
        ("", None),
        ("30.000 đồng/lần", "30000"),
        ("Lệ phí 30.000đ hoặc 50.000đ", "0"),
        ("Theo Thông tư số 226/2016/TT-BTC", "0"),
        ("100,500 đồng", "100500"),
        ("1.500,50 đồng", "1500.50"),
        ("1,500,000 đồng", "1500000"),
        ("200 nghìn đồng", "200000"),
        ("Không quá 50.000 đồng/hồ sơ", "50000"),
        ("2.000 đồng/trang", "0"),  # so much for a page is no fee of one time
        ("900.000 tỷ đồng", "0"),
        ("Chưa quy định", None),
        ("0 đồng", None),
        ("0đ", None),
    ],
)
def test_fees_only_where_the_procedure_has_one_amount(fee: str, fees: str | None) -> None:
    found = by_key(proposed(Record("A", fee=fee))).get("fee")
    assert (str(found.fees) if found else None) == fees
    if found:
        sure = Confidence.HIGH if found.fees else None
        assert found.note(Term.FEES).confidence is sure


def test_steps_of_the_one_who_complies_are_rows_where_no_fixed_job_is() -> None:
    steps = (
        Step(1, "Chuẩn bị đề án", "Sở, ban, ngành"),
        Step(2, "Lấy ý kiến các huyện", "Sở, ban, ngành", working_days(5)),
        Step(3, "Gửi hồ sơ", "Sở, ban, ngành"),
        Step(4, "Việc không rõ", "Sở, ban, ngành"),
        Step(5, "Việc không rõ", "Phòng Tổng hợp", days(5)),
        Step(6, "Khảo sát", ""),
    )
    found = from_record(Record("A", steps=steps, subjects=("", "Sở, ban, ngành")))
    assert [(each.key, each.side, each.activity) for each in found if each.part != "manners"] == [
        ("step-2", Side.PERFORMING, "opinion"),
        ("step-5", Side.DECIDING, "check"),
        ("step-6", Side.DECIDING, "inspection"),
    ]


@pytest.mark.parametrize(
    ("subject", "actor", "complies"),
    [
        ("Cán bộ", "Phòng Tổ chức cán bộ", False),
        ("Các sở, ban, ngành", "Sở Nội vụ", True),
        ("Sở, ban, ngành thuộc UBND tỉnh", "Ban Dân tộc", True),
        ("Các sở, ban, ngành", "Ủy ban nhân dân tỉnh", False),
        ("Các sở, ban, ngành", "Số hóa", False),
        ("Sở Nội vụ", "Sở Nội vụ tỉnh", True),
        ("Sở Y", "Sở Y tế", True),
        ("Phòng chuyên môn", "Phòng", True),
        ("Đơn vị sự nghiệp", "Đơn vị", True),
        ("Vụ", "Sở Nội vụ", False),
    ],
)
def test_who_complies_is_guessed_by_whole_words_and_said_to_be_a_guess(
    subject: str, actor: str, complies: bool
) -> None:
    steps = (Step(1, "Lấy ý kiến các huyện", actor, working_days(5)),)
    found = by_key(proposed(Record("A", steps=steps, subjects=(subject,))))["step-1"]
    assert (found.side is Side.PERFORMING) is complies
    assert ("phần mềm đoán" in found.source) is complies


def test_no_copying_where_all_goes_through_the_network() -> None:
    assert "sets" not in by_key(proposed(complete(manners=(Manner.E_OFFICE,))))
    assert "sets" not in by_key(proposed(Record("A")))


def test_abolished_costs_nothing() -> None:
    now = proposed(subjects=11, include_deciding=True)
    found = derive(now, Change(RECORD, None, {}, "Gộp vào thủ tục khác"))
    assert {each.gone for each in found.rows} == {"Gộp vào thủ tục khác"}
    assert compare(now, found).ratio == 1


def test_the_same_record_costs_the_same() -> None:
    now = proposed()
    assert derive(now, Change(RECORD, RECORD, followed(RECORD, RECORD))) == now


def test_a_paper_that_is_gone_costs_nothing_and_the_others_the_same() -> None:
    found = after(replace(RECORD, papers=(PAPERS[0], PAPERS[2])))
    assert found["paper-2"].gone == "Bỏ thành phần hồ sơ: Đề án vị trí việc làm"
    assert not found["paper-1"].gone
    assert not found["paper-3"].gone
    assert not found["sets"].gone


def test_without_papers_nothing_is_copied() -> None:
    assert after(replace(RECORD, papers=()))["sets"].gone


def test_fewer_sets_cost_less_copying() -> None:
    now = proposed()
    rows = [
        replace(each, services=Decimal(80_000), per_set=each.key in {"sets", "paper-3"})
        for each in now.rows
    ]
    found = after(replace(RECORD, dossier_sets=1), replace(now, rows=tuple(rows)))
    assert [found["sets"].hours, found["sets"].services] == [Decimal("0.5"), 20_000]
    assert [found["paper-3"].hours, found["paper-3"].services] == [1, 20_000]
    assert found["paper-1"].services == 80_000
    note = found["sets"].note(Term.HOURS)
    assert note.reason == "Giảm số bộ hồ sơ từ 4 xuống 1"
    assert (note.follows, note.share) == (True, Fraction(1, 4))


def test_more_sets_do_not_cost_more_by_themselves() -> None:
    assert after(replace(RECORD, dossier_sets=5)) == by_key(proposed())
    assert after(replace(RECORD, dossier_sets=None)) == by_key(proposed())


def test_fewer_copies_in_a_set_cost_less() -> None:
    now = proposed()
    rows = tuple(
        each.with_value(Note(Term.SERVICES, low=Decimal(8_000)), Decimal(10_000))
        for each in now.rows
    )
    rows = (replace(rows[0], per_set=True), *rows[1:])
    papers = (replace(PAPERS[0], quantity=1), *PAPERS[1:])
    found = after(replace(RECORD, papers=papers), replace(now, rows=rows))["paper-1"]
    assert [found.services, found.note(Term.SERVICES).low] == [5_000, 4_000]
    assert found.note(Term.SERVICES).reason == "Giảm số bản trong một bộ từ 2 xuống 1"


def test_fewer_sets_of_fewer_copies_are_one_share() -> None:
    now = proposed()
    rows = (replace(now.rows[0], per_set=True, services=Decimal("10000.02")), *now.rows[1:])
    papers = (replace(PAPERS[0], quantity=1), *PAPERS[1:])
    to_be = replace(RECORD, papers=papers, dossier_sets=1)
    found = after(to_be, replace(now, rows=rows))["paper-1"]
    assert found.services == Decimal("1250.00")  # an eighth, rounded once
    note = found.note(Term.SERVICES)
    assert note.share == Fraction(1, 8)
    assert note.reason == ("Giảm số bộ hồ sơ từ 4 xuống 1; Giảm số bản trong một bộ từ 2 xuống 1")


def test_through_the_network_nothing_is_printed_or_carried() -> None:
    found = after(replace(RECORD, manners=(Manner.E_OFFICE,)))
    assert found["sets"].gone == "Hồ sơ gửi qua hệ thống, không phải in, sao chụp"
    assert (found["submit"].activity, found["submit"].hours) == (
        "submit_electronic",
        Decimal("0.25"),
    )
    assert found["submit"].note(Term.HOURS).reason == "Thay đổi cách thức thực hiện"
    assert (found["receive"].activity, found["receive"].hours) == (
        "receive_electronic",
        Decimal("0.25"),
    )


def test_a_manner_that_takes_longer_saves_nothing() -> None:
    now = proposed()
    quick = tuple(
        replace(each, hours=Decimal("0.1"), complexity=None) if each.part == "manners" else each
        for each in now.rows
    )
    now = replace(now, rows=quick)
    assert (
        after(replace(RECORD, manners=(Manner.E_OFFICE,)), now)["submit"] == by_key(now)["submit"]
    )


def test_a_shorter_step_takes_the_deciding_side_less_time() -> None:
    steps = (
        *RECORD.steps[:1],
        replace(RECORD.steps[1], duration=working_days(2)),
        replace(RECORD.steps[2], duration=hours(40)),
        replace(RECORD.steps[3], duration=None),
    )
    found = after(replace(RECORD, steps=steps))
    assert [figure(found[f"step-{n}"].hours) for n in (1, 2, 3, 4)] == ["4", "16", "16", "12"]
    assert found["step-2"].note(Term.HOURS).reason == "Rút ngắn thời gian của bước 2"


def test_parts_are_followed_by_the_keys_of_the_measures() -> None:
    # Of two papers that say the same, the keys tell which is gone.
    twins = (Paper("Tờ trình"), Paper("Tờ trình"))
    as_is = replace(RECORD, papers=twins)
    to_be = replace(as_is, papers=twins[1:], steps=RECORD.steps[:1])
    change = Change(as_is, to_be, {"paper:2": "paper:1", "step:1": "step:1"})
    found = by_key(derive(proposed(as_is), change))
    assert found["paper-1"].gone
    assert not found["paper-2"].gone
    assert [bool(found[f"step-{n}"].gone) for n in (1, 2, 3, 4)] == [False, True, True, True]


def test_a_step_that_is_gone_costs_nothing() -> None:
    steps = (
        RECORD.steps[0],
        *(replace(s, number=s.number - 1, after=()) for s in RECORD.steps[2:]),
    )
    found = after(replace(RECORD, steps=steps))
    assert found["step-2"].gone == "Bỏ bước 2: Thẩm định hồ sơ"
    assert not found["step-3"].gone


def test_a_part_that_the_record_does_not_have_stays() -> None:
    rows = tuple(
        row(p, part=p, hours=1) for p in ("paper:9", "step:9", "paper:x", "khác", "paper:0")
    )
    now = sheet(*rows)
    assert derive(now, Change(RECORD, replace(RECORD, name="B"), {})) == now


def test_what_a_measure_states_comes_last() -> None:
    note = Note(Term.HOURS, source="Phương án", reason="Mẫu hóa tờ trình")
    found = after(RECORD, None, Stated("paper-1", Decimal("0.5"), note))
    assert (found["paper-1"].hours, found["paper-1"].note(Term.HOURS)) == (
        Decimal("0.5"),
        replace(note, stated=True),
    )


def test_a_row_that_is_gone_already_stays_gone() -> None:
    now = sheet(row("a", hours=1, gone="Bỏ từ trước"))
    assert derive(now, Change(RECORD, None, {})).rows[0].gone == "Bỏ từ trước"


def test_cost_of_what_is_proposed_is_not_nothing() -> None:
    assert cost(proposed()).year > 0
    assert Complexity.MEDIUM in {each.complexity for each in from_record(COMPLETE)}


def test_what_people_stated_outlives_another_measure() -> None:
    """A figure of section II, a job that now has not, and subjects of later stay."""
    now = proposed(subjects=10)
    sides = state(Sides(now, now), "paper-1", Note(Term.HOURS, by="Lý Văn Bình"), Decimal("0.5"))
    sides = correct_all(sides, Note(Term.SUBJECTS), Decimal(7), after=True)
    job = row("own-1", hours="1")
    sides = Sides(sides.now, replace(sides.after, rows=(*sides.after.rows, job)))
    fewer = replace(RECORD, papers=PAPERS[:2])

    first = derive_again(sides, Change(RECORD, fewer, followed(RECORD, fewer)))
    undone = derive_again(Sides(now, first), Change(RECORD, RECORD, followed(RECORD, RECORD)))

    assert by_key(first)["paper-3"].gone
    assert not by_key(undone)["paper-3"].gone
    for later in (first, undone):
        assert by_key(later)["paper-1"].hours == Decimal("0.5")
        assert by_key(later)["own-1"] == job
        assert later.subjects == 7


def test_nothing_outlives_the_end_of_the_procedure() -> None:
    now = proposed()
    sides = state(Sides(now, now), "paper-1", Note(Term.HOURS), Decimal("0.5"))
    sides = Sides(
        sides.now, replace(sides.after, rows=(*sides.after.rows, row("own-1", hours="1")))
    )

    assert cost(derive_again(sides, Change(RECORD, None, {}))).year == 0


def test_without_anything_stated_it_is_as_derived() -> None:
    now, to_be = proposed(), replace(RECORD, dossier_sets=1)
    change = Change(RECORD, to_be, followed(RECORD, to_be))

    assert derive_again(Sides(now, now), change) == derive(now, change)
