from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from tests.conftest import VIETNAM
from tests.factories import make_agency, make_user
from tinhgon.apps.notices import actions, queries
from tinhgon.apps.notices.models import Notice

AT = datetime(2024, 3, 27, 9, tzinfo=VIETNAM)
pytestmark = pytest.mark.django_db


def test_each_person_is_told_once_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency = make_agency()
    users = [make_user(agency) for _ in range(3)]

    with django_assert_num_queries(1):
        told = actions.notify(
            users=[*users, users[0]], kind="assignments.issued", text="Có việc mới", url="/", at=AT
        )

    assert told == 3
    assert {notice.user for notice in Notice.objects.all()} == set(users)
    assert queries.unread_count(user=users[0]) == 1


def test_whoever_left_is_told_nothing() -> None:
    user = make_user(make_agency())
    user.is_active = False

    assert actions.notify(users=[user], kind="a.b", text="x", url="", at=AT) == 0


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_a_notice_points_nowhere_outside(url: str) -> None:
    with pytest.raises(actions.UnsafeLink):
        actions.notify(users=[], kind="a.b", text="x", url=url, at=AT)


def test_what_waits_for_mail_comes_by_person_in_one_query(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    agency = make_agency()
    one, two, silent = (make_user(agency) for _ in range(3))
    silent.email = ""
    silent.save()
    actions.notify(users=[one, two, silent], kind="a.b", text="Một", url="", at=AT)
    actions.notify(users=[one], kind="a.b", text="Hai", url="", at=AT + timedelta(hours=1))
    actions.mark_all_read(by=two, at=AT)

    with django_assert_num_queries(1):
        waiting = queries.unmailed()

    assert [(user, [n.text for n in notices]) for user, notices in waiting] == [
        (one, ["Một", "Hai"])
    ]

    assert actions.mark_mailed(notices=waiting[0][1], at=AT) == 2
    assert actions.mark_mailed(notices=waiting[0][1], at=AT + timedelta(days=1)) == 0
    assert queries.unmailed() == []
    assert Notice.objects.filter(user=one, mailed_at=AT).count() == 2
