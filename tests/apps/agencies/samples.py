from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core import signing

from tests.apps.samples import Sample
from tests.conftest import VIETNAM
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.imports import template_workbook
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.files.actions import store_file


def _own(agency: Agency, person: User) -> dict[str, Any]:
    return {"pk": agency.pk}


def _preview(agency: Agency, person: User) -> dict[str, Any]:
    stored = store_file(
        data=template_workbook(lines=[["Sở Y tế"]]),
        name="co-quan.xlsx",
        content_type="",
        at=datetime(2024, 3, 27, tzinfo=VIETNAM),
    )
    own = {"file": stored.pk, "user": person.pk}
    return {"token": signing.dumps(own, salt="agencies.import")}


SAMPLES: dict[str, Sample] = {
    f"agencies:{page}": _own
    for page in ("detail", "add", "rename", "move", "merge", "split", "end")
}
SAMPLES["agencies:import_preview"] = _preview
