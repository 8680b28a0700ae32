"""Rows written by the thousand are those that `bulk_create` would have written."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tinhgon.apps.audit.models import Event
from tinhgon.apps.procedures.models import LegalDocument
from tinhgon.apps.search.models import DueIndex
from tinhgon.common.bulk import insert

pytestmark = pytest.mark.django_db
MANY = 30  # more than one plain statement takes
AT = datetime(2024, 7, 1, 23, 30, 0, 123456, tzinfo=UTC)
ODD = "“Đ” \\ \t\n | '; ơ — \\N"


def documents(first: int = 0) -> list[LegalDocument]:
    return [
        LegalDocument(
            key=f"k{number}",
            title=f"{ODD} {number}",
            issued_on=date(2024, 1, 31) if number % 2 else None,
        )
        for number in range(first, first + MANY)
    ]


def columns(row: Any) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


@pytest.mark.parametrize("count", [0, 1, MANY])
def test_what_was_written_is_read_again(count: int) -> None:
    made = insert(documents()[:count])
    assert len({row.pk for row in made}) == count
    assert not any(row._state.adding for row in made)
    read = LegalDocument.objects.in_bulk([row.pk for row in made])
    assert [columns(read[row.pk]) for row in made] == [columns(row) for row in made]


def test_days_hours_and_json_come_back_as_they_were() -> None:
    changes = [{"field": ODD, "from": None, "to": 1.5}]
    events = [
        Event(number=n, at=AT, actor=ODD, kind="k", subject_ref="s", changes=changes, digest=f"{n}")
        for n in range(MANY)
    ]
    insert(events)
    read = Event.objects.get(number=MANY - 1)
    assert (read.at, read.actor, read.changes) == (AT, ODD, changes)
    marks = insert(DueIndex(kind="procedure", refs=[n, n + 1]) for n in range(MANY))
    assert DueIndex.objects.get(pk=marks[3].pk).refs == [3, 4]


def test_keys_go_on_where_others_left_off() -> None:
    first = LegalDocument.objects.create(key="one", title="một")
    made = insert(documents())
    last = LegalDocument.objects.create(key="last", title="cuối")
    keys = [first.pk, *(row.pk for row in made), last.pk]
    assert keys == sorted(set(keys))


def test_a_constraint_refuses_all() -> None:
    LegalDocument.objects.create(key=f"k{MANY - 1}", title="có rồi")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(documents())
    assert LegalDocument.objects.count() == 1
