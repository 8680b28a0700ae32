from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_province, make_user
from tests.factories.agencies import Province
from tests.factories.procedures import AT, make_record
from tests.factories.publications import abolishing, entered_line, make_draft, make_entered
from tinhgon.apps.audit.models import Event
from tinhgon.apps.documents.models import Document
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.models import Decision, DecisionLine

pytestmark = pytest.mark.django_db


@pytest.fixture
def province() -> Province:
    return make_province()


def amending(procedure: Procedure, name: str) -> actions.Entered:
    record = make_record(name)
    return actions.Entered(Action.AMENDED, record.name, record, procedure)


def days(procedure: Procedure) -> list[tuple[str, date | None, date | None]]:
    versions = procedure.versions.order_by("valid_from")
    return list(versions.values_list("name", "valid_from", "valid_to"))


def test_a_decision_comes_in_with_procedures_and_contents(province: Province) -> None:
    home = province.departments[0]

    decision = make_entered(home, 3, on=date(2023, 3, 31), number="425")

    versions = ProcedureVersion.objects.order_by("pk")
    assert decision.is_imported
    assert str(decision) == "Quyết định số 425/QĐ-UBND ngày 31/3/2023"
    assert {version.status for version in versions} == {Status.PUBLISHED.value}
    assert {version.valid_from for version in versions} == {date(2023, 3, 31)}
    assert [line.position for line in decision.lines.all()] == ["A.1", "A.2", "A.3"]
    assert versions[0].procedure.tenures.count() == 1
    assert versions[0].citations.count() == 1
    assert Event.objects.filter(kind="publications.entered").count() == 1


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_the_order_of_entering_makes_no_difference(
    province: Province, order: tuple[int, ...]
) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2023, 1, 2))
    procedure = home.procedures.get()
    first = procedure.versions.get().name
    others = [
        (date(2024, 1, 2), [amending(procedure, "Tên hai")]),
        (date(2024, 5, 2), [amending(procedure, "Tên ba")]),
        (date(2024, 7, 2), [abolishing(procedure)]),
    ]

    for n in order:
        make_entered(home, others[n][1], on=others[n][0])

    assert days(procedure) == [
        (first, date(2023, 1, 2), date(2024, 1, 2)),
        ("Tên hai", date(2024, 1, 2), date(2024, 5, 2)),
        ("Tên ba", date(2024, 5, 2), date(2024, 7, 2)),
    ]


def test_what_another_of_the_same_day_pushes_aside_is_in_force_on_no_day(
    province: Province,
) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2023, 1, 2))
    procedure = home.procedures.get()
    make_entered(home, [amending(procedure, "Tên hai")], on=date(2024, 1, 2))
    make_entered(home, [amending(procedure, "Tên ba")], on=date(2024, 1, 2))

    aside = procedure.versions.get(name="Tên hai")
    assert (aside.valid_from, aside.valid_to) == (date(2024, 1, 2), date(2024, 1, 2))
    assert procedure.versions.in_force_on(date(2024, 1, 2)).get().name == "Tên ba"


def test_a_procedure_that_two_others_replace_ends_once(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2023, 1, 2))
    old = home.procedures.get()
    takers = [entered_line(home, action=Action.REPLACED, ends=(old,)) for _ in range(2)]

    make_entered(home, takers, on=date(2024, 1, 2))

    assert days(old)[0][2] == date(2024, 1, 2)


def test_what_does_not_fit_is_no_reason_to_refuse(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2024, 5, 2))
    procedure = home.procedures.get()

    make_entered(home, [abolishing(procedure)], on=date(2024, 1, 2))

    assert days(procedure)[0][1:] == (date(2024, 5, 2), None)


def test_lines_keep_the_earlier_line_that_they_take_back(province: Province) -> None:
    home = province.departments[0]
    earlier = make_entered(home, 2, on=date(2023, 1, 2)).lines.all()[1]

    later = make_entered(
        home, [abolishing(earlier.procedure, abolishes=earlier)], on=date(2024, 1, 2)
    )

    assert later.lines.get().abolishes == earlier


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"record": None}, "chưa rõ"),
        ({"agency": None}, "chưa rõ"),
        ({"action": Action.ABOLISHED}, "chưa rõ"),
    ],
)
def test_a_line_must_say_what_it_does(
    province: Province, values: dict[str, object], words: str
) -> None:
    home = province.departments[0]
    line = {"action": Action.NEW, "record": make_record("A B"), "agency": home, **values}

    with pytest.raises(actions.Refused, match=words):
        make_entered(home, [actions.Entered(printed_name="A", **line)])  # type: ignore[arg-type]


def test_one_procedure_has_one_line(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2023, 1, 2))
    procedure = home.procedures.get()

    with pytest.raises(actions.Refused, match="hai dòng"):
        make_entered(home, [abolishing(procedure), amending(procedure, "Tên")])


def test_a_day_ahead_is_refused(province: Province) -> None:
    with pytest.raises(actions.Refused, match="sau hôm nay"):
        make_entered(province.departments[0], on=AT.date() + timedelta(days=1))


@pytest.mark.parametrize("role", ["officer", "head", "leader", "administrator"])
def test_who_may_not_record_does_not_enter(province: Province, role: str) -> None:
    home = province.departments[0]

    with pytest.raises(PermissionDenied):
        make_entered(home, by=make_user(home, role))


def test_nothing_is_half_entered(province: Province) -> None:
    home = province.departments[0]
    broken = actions.Entered(Action.NEW, "Hỏng", None, None, home)

    with pytest.raises(actions.Refused):
        make_entered(home, [entered_line(home), broken])

    assert not Decision.objects.exists()
    assert not Procedure.objects.exists()
    assert not Document.objects.exists()


def undo(decision: Decision) -> None:
    by = make_user(decision.drafter, "clerk")
    actions.undo_entered(decision=decision, by=by, at=AT, seen=decision.version)


def test_entering_can_be_undone(province: Province) -> None:
    home = province.departments[0]
    make_entered(home, on=date(2023, 1, 2))
    procedure = home.procedures.get()
    lines = [amending(procedure, "Tên hai"), entered_line(home)]
    second = make_entered(home, lines, on=date(2024, 1, 2))

    undo(second)

    assert Decision.objects.count() == Document.objects.count() == 1
    assert list(home.procedures.all()) == [procedure]
    assert days(procedure)[0][1:] == (date(2023, 1, 2), None)


def test_what_something_was_built_on_is_not_undone(province: Province) -> None:
    home = province.departments[0]
    first = make_entered(home, on=date(2023, 1, 2))
    procedure = home.procedures.get()
    make_entered(home, [abolishing(procedure, abolishes=first.lines.get())], on=date(2024, 1, 2))

    with pytest.raises(actions.Refused, match="Hoàn tác những nội dung đó trước"):
        undo(first)

    assert DecisionLine.objects.count() == 2


def test_only_what_was_entered_is_undone(province: Province) -> None:
    with pytest.raises(actions.Refused, match="Chỉ hoàn tác"):
        undo(make_draft(province.departments[0]))


def test_three_hundred_lines_take_few_statements(province: Province) -> None:
    home = province.departments[0]
    record = make_record("Một thủ tục")
    lines = [entered_line(home, record=record, position=f"A.{n}") for n in range(300)]
    clerk = make_user(home, "clerk")

    with CaptureQueriesContext(connection) as queries:
        make_entered(home, lines, by=clerk)

    assert len(queries) < 80
