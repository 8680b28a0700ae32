from __future__ import annotations

from datetime import date

import pytest
from django.test.utils import CaptureQueriesContext

from tests.factories import Province, make_user
from tests.factories.procedures import make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.procedures.queries import waiting

from .samples import make_draft

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("june_2024")]
TODAY = date(2024, 6, 20)


def counts(user: User) -> dict[str, int]:
    return {part["key"]: part["count"] for part in waiting(user, today=TODAY)}


def test_each_has_what_is_his(
    province: Province, officer: User, head: User, office: User, stranger: User
) -> None:
    department = province.departments[0]
    make_draft(department)
    returned = make_version(department, officer)
    ProcedureVersion.objects.filter(pk=returned.pk).update(status=Status.RETURNED.value)
    for _ in range(2):
        make_version(department, officer)
    for status in (Status.CONFIRMED, Status.CHECKED, Status.PUBLISHED):
        make_version(department, officer, status=status)

    assert counts(officer) == {"returned": 1, "drafts": 1}
    assert counts(head) == {"returned": 1, "drafts": 1, "to_confirm": 2}
    assert counts(office) == {"returned": 0, "drafts": 0, "to_check": 1}
    assert counts(stranger) == {"returned": 0, "drafts": 0}
    assert counts(make_user(department, "leader")) == {}


def test_the_chairman_confirms_only_where_nobody_nearer_does(province: Province) -> None:
    chairman = make_user(province.committee, "head")
    officer = make_user(province.departments[0])
    make_version(province.departments[0], officer)
    assert counts(chairman)["to_confirm"] == 1

    make_user(province.departments[0], "head")
    assert counts(chairman)["to_confirm"] == 0


def test_a_list_shows_its_first_rows_and_counts_all(
    province: Province, officer: User, head: User
) -> None:
    for _ in range(7):
        make_version(province.departments[0], officer)
    part = next(p for p in waiting(head, today=TODAY) if p["key"] == "to_confirm")
    assert (len(part["rows"]), part["count"]) == (5, 7)
    assert [row.pk for row in part["rows"]] == sorted(row.pk for row in part["rows"])


def test_it_costs_the_same_however_much_waits(
    province: Province, officer: User, head: User, django_assert_max_num_queries: object
) -> None:
    from django.db import connection

    make_version(province.departments[0], officer)
    with CaptureQueriesContext(connection) as few:
        waiting(User.objects.get(pk=head.pk), today=TODAY)
    for _ in range(6):
        make_version(province.departments[0], officer)
    with CaptureQueriesContext(connection) as many:
        waiting(User.objects.get(pk=head.pk), today=TODAY)
    assert len(many) == len(few) <= 7
