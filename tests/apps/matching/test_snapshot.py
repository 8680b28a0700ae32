"""What is kept in memory follows every change, and compares anew only what changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.factories import Province
from tests.factories.procedures import AT, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.matching.queries import snapshot as kept
from tinhgon.apps.procedures import actions

pytestmark = pytest.mark.django_db

TODAY = date(2024, 7, 8)
NAME = "Cử công chức đi đào tạo, bồi dưỡng trong nước"


def groups() -> list[set[str]]:
    known = kept.snapshot(today=TODAY)
    return [{known.held[key].agency_name for key in group} for group in known.groups]


def test_what_comes_later_joins_what_it_is_like(province: Province, office: User) -> None:
    make_version(province.departments[0], name=NAME)
    make_version(province.office, name="Thanh lý tài sản công bị hư hỏng")
    assert groups() == []
    base = kept.snapshot(today=TODAY).base

    make_version(province.departments[1], name=f"{NAME}.")
    third = make_version(province.districts[0], name=NAME)

    assert groups() == [{"Sở Nội vụ", "Sở Tư pháp", "Ủy ban nhân dân huyện Cao Lộc"}]
    record = replace(third.record, name="Khen thưởng đột xuất cho tập thể")
    actions.edit_version(version=third, record=record, by=office, at=AT, seen=third.version)
    assert groups() == [{"Sở Nội vụ", "Sở Tư pháp"}]
    assert kept.snapshot(today=TODAY).base is base


def test_after_many_changes_all_are_compared_anew(
    province: Province, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_MOST_LATER", 1)
    make_version(province.departments[0], name=NAME)
    base = kept.snapshot(today=TODAY).base
    make_version(province.departments[1], name=NAME)
    assert kept.snapshot(today=TODAY).base is base
    make_version(province.districts[0], name=NAME)

    assert kept.snapshot(today=TODAY).base is not base
    assert len(groups()[0]) == 3


def test_changes_that_do_not_matter_load_nothing(
    province: Province, office: User, django_assert_num_queries: Any
) -> None:
    make_version(province.departments[0], name=NAME)
    before = kept.snapshot(today=TODAY)
    with django_assert_num_queries(1):
        assert kept.snapshot(today=TODAY) is before
    audit.record("calendars.changed", province.office, by=office, at=AT)
    with django_assert_num_queries(2):
        assert kept.snapshot(today=TODAY) is before
    with django_assert_num_queries(0):
        assert kept.recent_snapshot(today=TODAY) is before

    assert kept.snapshot(today=date(2024, 7, 9)) is not before
