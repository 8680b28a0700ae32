from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from tinhgon.domain.costing import (
    Complexity,
    Note,
    Row,
    Sheet,
    Sides,
    Term,
    activities,
    doubts,
    from_record,
)

from .sheets import hourly, row
from .sheets import sheet as any_sheet


def said(now: Sheet, after: Sheet | None = None) -> list[str]:
    """Return each doubt as "row ! words", "!" where it must be settled and "?" where not."""
    return [
        f"{each.key} {'!' if each.must else '?'} {each.text}"
        for each in doubts(Sides(now, after or now))
    ]


NOTES = tuple(Note(term, source="Báo cáo năm 2023") for term in (Term.TIMES, Term.SUBJECTS))


def sheet(*rows: Row, **said: Any) -> Sheet:
    return any_sheet(*rows, notes=NOTES, **said)


GOOD = row("a", what="Tờ trình", hours=2, source="Hồ sơ")


def test_nothing_to_say_of_a_sound_sheet() -> None:
    assert said(sheet(GOOD)) == []


def test_an_empty_sheet() -> None:
    assert said(sheet()) == [" ! Bảng chưa có dòng công việc nào."]


def test_no_subjects_and_another_rate() -> None:
    found = said(sheet(GOOD, subjects=0, hourly=replace(hourly(), is_standard=False)))
    assert [each[:40] for each in found] == [
        " ? Số lượng đối tượng tuân thủ/01 năm bằ",
        " ? Mức thu nhập đang dùng không theo phư",
    ]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ({"subjects": 90_000_000}, "90.000.000 đối tượng cho cả bảng: trên một triệu đối tượng."),
        ({"times": 90_000}, "90.000 lần cho cả bảng: nhiều hơn mỗi ngày một lần."),
    ],
)
def test_absurd_figures_of_the_whole_sheet(figures: dict[str, int], words: str) -> None:
    doubt = f" ? {words} Kiểm tra lại số liệu."
    assert said(sheet(GOOD, **figures)) == [doubt]
    assert said(sheet(GOOD), sheet(GOOD, **figures))[0] == doubt.replace(
        "? ", "? Sau đơn giản hóa: "
    )
    own = replace(GOOD, times=Decimal(1), subjects=Decimal(1), notes=NOTES)
    assert said(sheet(own, **figures)) == [doubt]


def test_figures_of_the_whole_sheet_from_nowhere() -> None:
    assert said(any_sheet(GOOD)) == [
        (" ! Số chung của bảng: chưa ghi nguồn của số lượng đối tượng tuân thủ trong 01 năm."),
        " ! Số chung của bảng: chưa ghi nguồn của số lần thực hiện trong 01 năm.",
    ]
    own = replace(GOOD, times=Decimal(1), subjects=Decimal(1), notes=NOTES)
    assert said(any_sheet(own)) == []  # no row takes them


def test_absurd_hours_and_a_figure_from_nowhere() -> None:
    assert said(sheet(row("a", what="Tờ trình", hours=2_000))) == [
        "a ? 2.000 giờ cho “Tờ trình”: hơn một tháng làm việc của một người. Kiểm tra lại số liệu.",
        "a ! “Tờ trình”: chưa ghi nguồn của thời gian thực hiện.",
        (
            "a ? Sau đơn giản hóa: 2.000 giờ cho “Tờ trình”: hơn một tháng làm việc của một "
            "người. Kiểm tra lại số liệu."
        ),
        "a ! Sau đơn giản hóa: “Tờ trình”: chưa ghi nguồn của thời gian thực hiện.",
    ]


def test_dearer_afterwards() -> None:
    assert said(sheet(GOOD), sheet(replace(GOOD, hours=Decimal(3)))) == [
        " ? Chi phí sau đơn giản hóa cao hơn chi phí hiện tại."
    ]


def started(activity: str, **said: Any) -> Row:
    starting = activities()[activity].hours(Complexity.MEDIUM)
    return replace(GOOD, hours=starting, activity=activity, complexity=Complexity.MEDIUM, **said)


def test_a_starting_value_is_overridden_with_a_reason() -> None:
    own = replace(started("letter"), hours=Decimal(5))
    assert said(sheet(started("letter"))) == []
    assert said(sheet(own), sheet(replace(own, gone="Bỏ"))) == [
        "a ! “Tờ trình”: số giờ khác giá trị khởi đầu. Ghi lý do."
    ]
    why = Note(Term.HOURS, reason="Bấm giờ ba hồ sơ")
    assert said(sheet(own.with_value(why, Decimal(5)))) == []
    follows = Note(Term.HOURS, reason="", follows=True)
    assert said(sheet(own.with_value(follows, Decimal(1)))) == []
    assert said(sheet(replace(own, complexity=None))) == []


def test_starting_hours_of_several_sets_are_starting_hours() -> None:
    assert said(sheet(replace(started("copy", per_set=True), hours=Decimal("1.5")))) == []


def test_what_is_proposed_needs_no_reason() -> None:
    from tests.domain.procedures.records import COMPLETE

    assert not [each for each in said(sheet(*from_record(COMPLETE))) if "!" in each]
