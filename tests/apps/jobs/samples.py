from __future__ import annotations

from typing import Any

from tests.background import work_off
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.jobs import actions
from tinhgon.apps.jobs.kinds import Kind, Made, Outcome, Work, kinds
from tinhgon.common import clock


def _write_list(work: Work) -> Outcome:
    path = work.folder / "danh-sach.zip"
    path.write_bytes(b"PK\x05\x06" + bytes(18))
    return Outcome("Đã xuất danh sách.", file=Made(path, "danh-sach.zip"))


KIND = Kind("tests.sample", title=lambda _: "Xuất danh sách", run=_write_list)


def _job(agency: Agency, person: User) -> dict[str, Any]:
    kinds().setdefault(KIND.name, KIND)  # type: ignore[attr-defined]
    return {"pk": actions.ask(KIND.name, {}, by=person, at=clock.now()).pk}


def _done(agency: Agency, person: User) -> dict[str, Any]:
    kwargs = _job(agency, person)
    work_off()
    return kwargs


SAMPLES = {
    "jobs:detail": _job,
    "jobs:file": _done,
    "jobs:cancel": _job,
    "jobs:repeat": _job,
}
