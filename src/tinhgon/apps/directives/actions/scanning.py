"""A scanned letter is read in the background: recognising its letters takes seconds a page."""

from __future__ import annotations

import hashlib
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.directives import policies
from tinhgon.apps.files import actions as files
from tinhgon.apps.files.enums import LETTERS
from tinhgon.apps.files.models import StoredFile
from tinhgon.apps.jobs import actions as jobs
from tinhgon.apps.jobs.models import Job
from tinhgon.apps.programmes.models import Programme

READ_SCAN = "directives.read_scan"


@transaction.atomic
def receive_scan(
    *,
    data: bytes,
    name: str,
    content_type: str,
    issuer: Agency,
    programme: Programme | None,
    by: User,
    at: datetime,
) -> Job:
    """
    Keep a scanned letter and have it read into a draft letter of `issuer` in the background.

    Who sent the same file a moment ago, and it is not read yet, gets that job.

    :raises PermissionDenied: if `by` may not receive letters for `issuer`.
    :raises FileRefused: if the file may not be stored.
    :raises Refused: if too much of his is open.
    """
    policies.check_receive(by, issuer)
    if open_job := _asked_before(data, issuer, by):
        return open_job
    stored = files.store_file(
        data=data, name=name, content_type=content_type, at=at, allowed=LETTERS
    )
    params = {
        "file": stored.pk,
        "name": stored.name,
        "issuer": issuer.pk,
        "programme": programme.pk if programme else None,
    }
    return jobs.ask(READ_SCAN, params, by=by, at=at)


def _asked_before(data: bytes, issuer: Agency, by: User) -> Job | None:
    sha256 = hashlib.sha256(data).hexdigest()
    same = set(StoredFile.objects.filter(sha256=sha256).values_list("pk", flat=True))
    mine = Job.objects.filter(asked_by=by, ended_at=None, kind=READ_SCAN) if same else ()
    return next(
        (j for j in mine if j.params["file"] in same and j.params["issuer"] == issuer.pk), None
    )
