"""What reports are told: rows of Biểu 4 and counts, as a past day had them."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.difficulties import (
    AT,
    DUE,
    PDF,
    answer,
    content,
    make_answered,
    make_difficulty,
    make_sent,
)
from tests.factories.people import make_user
from tests.factories.procedures import make_version
from tinhgon.apps.difficulties import actions, queries
from tinhgon.apps.difficulties.actions import Paper
from tinhgon.apps.difficulties.enums import Status
from tinhgon.apps.difficulties.models import Difficulty
from tinhgon.apps.procedures.models import LegalDocument
from tinhgon.domain.difficulties import Counts

from .conftest import People

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = date(2024, 5, 31), date(2024, 6, 30), date(2024, 7, 31)


def at(day: int) -> datetime:
    return AT.replace(day=day)


def test_a_row_says_what_the_table_has_columns_for(people: People) -> None:
    version = make_version(people.commune)
    law = LegalDocument.objects.get(code="30/2020/NĐ-CP")
    paper = Paper(number="45", symbol="UBND-VP", issued_on=AT.date(), upload=PDF)
    difficulty = make_sent(
        people.commune,
        procedures=[version.procedure],
        texts="khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP\nQuy chế làm việc của xã",
    )
    answer(difficulty, at=at(12), paper=paper)

    [row] = queries.rows_of_table_4(agency=people.district, since=date(2024, 6, 1), until=JUNE)

    assert (row.number, row.code, row.url) == (1, difficulty.code, difficulty.get_absolute_url())
    assert (row.agency, row.holder) == (people.commune, people.district)
    assert row.kind == "Căn cứ pháp lý chưa rõ, chưa có"
    assert [(p.name, p.url) for p in row.procedures.told] == [
        (version.name, version.procedure.get_absolute_url())
    ]
    assert [(t.words, t.url) for t in row.texts] == [
        ("khoản 2 Điều 5 Nghị định số 30/2020/NĐ-CP", law.get_absolute_url()),
        ("Quy chế làm việc của xã", ""),
    ]
    assert row.own_part.startswith("Đã rà soát")
    assert row.proposal.startswith("Đề nghị")
    assert row.decider == "UBND tỉnh, Chủ tịch UBND tỉnh"
    assert (row.sent_on, row.answered_on, row.due_on) == (AT.date(), date(2024, 6, 12), DUE)
    assert row.document is not None
    assert row.document.code == "45/UBND-VP"
    assert (row.status, row.status_words) == (Status.ANSWERED, "Đã trả lời")


def test_a_past_day_shows_what_was_true_then(people: People) -> None:
    difficulty = make_sent(people.commune, at=at(3))
    answer(difficulty, at=at(12))
    actions.reopen_difficulty(
        difficulty=difficulty,
        reason="Chưa rõ.",
        by=people.commune_officer,
        at=at(14),
        seen=difficulty.version,
    )
    rows = {
        day: queries.rows_of_table_4(
            agency=people.commune, since=date(2024, 6, 1), until=date(2024, 6, day)
        )
        for day in (2, 3, 12, 14, 29)
    }

    assert rows[2] == []
    assert [row.status for row in rows[3]] == [Status.PASSED_UP]
    assert [row.answer for row in rows[12]] == [
        "Thực hiện theo thành phần hồ sơ tại quyết định công bố."
    ]
    assert [(row.status, row.answer, row.is_overdue) for row in rows[14]] == [
        (Status.IN_HAND, "", False)
    ]
    assert [row.is_overdue for row in rows[29]] == [True]


def test_a_period_has_what_was_under_way_in_it(people: People) -> None:
    over = make_answered(people.commune, at=at(3))
    actions.accept_answer(difficulty=over, by=people.commune_officer, at=at(5), seen=over.version)
    still = make_sent(people.commune, at=at(4))
    make_difficulty(people.commune, at=at(4))  # a draft, of which nobody above knows

    def codes(since: date, until: date) -> set[str]:
        rows = queries.rows_of_table_4(agency=people.commune, since=since, until=until)
        return {row.code for row in rows}

    assert codes(date(2024, 6, 1), date(2024, 6, 30)) == {over.code, still.code}
    assert codes(date(2024, 6, 6), date(2024, 6, 30)) == {still.code}
    assert codes(date(2024, 5, 1), MAY) == set()


def test_a_branch_is_the_agency_and_all_below_it(people: People) -> None:
    in_commune, in_district = make_sent(people.commune), make_sent(people.district)
    in_department = make_sent(people.department)

    def codes(agency: object) -> list[str]:
        rows = queries.rows_of_table_4(agency=agency, since=MAY, until=JUNE)  # type: ignore[arg-type]
        return [row.code for row in rows]

    assert codes(people.commune) == [in_commune.code]
    assert codes(people.district) == [in_district.code, in_commune.code]
    assert set(codes(people.province.committee)) == {
        in_commune.code,
        in_district.code,
        in_department.code,
    }


def test_counts_agree_with_the_rows_on_every_day(people: People) -> None:
    answered = make_answered(people.commune, at=at(3))
    actions.accept_answer(
        difficulty=answered, by=people.commune_officer, at=at(7), seen=answered.version
    )
    withdrawn = make_sent(people.commune, at=at(4))
    actions.withdraw_difficulty(
        difficulty=withdrawn,
        reason="Đã có hướng dẫn.",
        by=people.commune_head,
        at=at(6),
        seen=withdrawn.version,
    )
    make_sent(people.commune, at=at(5), due_on=date(2024, 6, 10))
    make_sent(people.district, at=at(8))
    top = people.province.committee

    for day in range(1, 31):
        on = date(2024, 6, day)
        rows = queries.rows_of_table_4(agency=top, since=MAY, until=on)
        counts = queries.counts_on(agency=top, day=on)
        assert counts.raised == len(rows)
        assert counts.overdue == sum(row.is_overdue for row in rows)
        assert counts.answered == sum(bool(row.answered_on) for row in rows)
        assert counts.raised == counts.answered + counts.open + counts.dropped
    assert queries.counts_on(agency=top, day=date(2024, 6, 11)) == Counts(
        raised=4, answered=1, open=2, overdue=1, dropped=1
    )
    assert queries.counts_on(agency=top, day=JUNE, since=date(2024, 6, 5)).raised == 2
    by_agency = queries.counts_by_agency(agency=top, day=JUNE)
    assert {pk: each.raised for pk, each in by_agency.items()} == {
        people.commune.pk: 3,
        people.district.pk: 1,
    }


def test_what_went_to_another_branch_is_told_there_from_then_on(people: People) -> None:
    """The commune moves under another agency as a body of its own: its difficulty goes along."""
    difficulty = make_sent(people.commune, at=at(3))
    neighbour = people.province.communes[1][0]
    Difficulty.objects.filter(pk=difficulty.pk).update(agency=neighbour)
    difficulty.steps.create(
        number=3,
        move="transfer",
        status=difficulty.status,
        on=date(2024, 6, 15),
        at=at(15),
        station=people.commune,
        agency=neighbour,
        holder=people.district,
        due_on=DUE,
    )

    def count(agency: object, day: int) -> int:
        return queries.counts_on(agency=agency, day=date(2024, 6, day)).raised  # type: ignore[arg-type]

    old, new = people.district, people.province.districts[1]
    assert [(count(old, day), count(new, day)) for day in (14, 15)] == [(1, 0), (0, 1)]


def test_rows_of_a_province_take_the_same_few_queries_however_many(people: People) -> None:
    version = make_version(people.commune)

    def queries_for(number: int) -> int:
        for _ in range(number):
            make_sent(people.commune, procedures=[version.procedure], texts="Quy chế làm việc")
        with CaptureQueriesContext(connection) as captured:
            rows = queries.rows_of_table_4(agency=people.province.committee, since=MAY, until=JULY)
        assert rows
        return len(captured)

    assert queries_for(1) == queries_for(5) <= 8


def test_what_is_edited_while_returned_keeps_its_trail(people: People) -> None:
    difficulty = make_sent(people.commune, at=at(3))
    actions.return_difficulty(
        difficulty=difficulty,
        reason="Nêu rõ.",
        by=make_user(people.district),
        at=at(5),
        seen=difficulty.version,
    )
    actions.edit_difficulty(
        difficulty=difficulty,
        content=content(due_on=date(2024, 7, 5)),
        by=people.commune_officer,
        at=at(6),
        seen=difficulty.version,
    )

    [then] = queries.rows_of_table_4(agency=people.commune, since=MAY, until=date(2024, 6, 5))
    [now] = queries.rows_of_table_4(agency=people.commune, since=MAY, until=date(2024, 6, 6))

    assert (then.due_on, now.due_on) == (DUE, date(2024, 7, 5))
