"""Loading a province into an empty database."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import make_agency
from tinhgon.apps.agencies import actions
from tinhgon.apps.agencies.enums import Kind
from tinhgon.apps.agencies.imports import shipped_territory
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit.actions import System
from tinhgon.apps.audit.models import Event

pytestmark = pytest.mark.django_db


def test_loading_takes_few_queries_and_leaves_one_line_in_the_trail(march_2024: datetime) -> None:
    with CaptureQueriesContext(connection) as queries:
        loaded = actions.load_territory(by=System(), at=march_2024, data=shipped_territory())

    assert loaded.agencies == Agency.objects.count() == 305
    assert len(queries) < 45
    event = Event.objects.get()
    assert event.subject_name == "Ủy ban nhân dân tỉnh Lạng Sơn"
    assert event.changes[0] == {"field": "Số cơ quan nạp thêm", "from": "", "to": "305"}


def test_a_root_that_is_there_is_not_made_twice(march_2024: datetime) -> None:
    root = make_agency("Ủy ban nhân dân tỉnh Lạng Sơn", kind=Kind.COMMITTEE)

    actions.load_territory(by=System(), at=march_2024, data=shipped_territory())

    assert Agency.objects.filter(parent=None).get() == root
    assert (
        Agency.objects.get(symbol="STP").path
        == f"{root.path}{Agency.objects.get(symbol='STP').pk}/"
    )
