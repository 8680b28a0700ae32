from __future__ import annotations

import os
import secrets
import socket
from datetime import datetime
from typing import Any

from tinhgon.apps.audit import actions as audit
from tinhgon.apps.jobs.enums import STATUS_LABELS, Move, Status
from tinhgon.apps.jobs.models import Job
from tinhgon.domain.background import JOB

WORKER = f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"
"""This process, as jobs know it; the end tells it from one that had its number before."""

WORKING_ON: set[int] = set()
"""The keys of the jobs that this process works on right now: signs of life are of these alone."""


def move_job(
    job: Job, move: Move, *, by: audit.Actor, at: datetime, reason: str = "", **values: Any
) -> None:
    """
    Make a move, with its row of the trail: call it last.

    :raises IllegalMove: if the state does not allow it.
    :raises StaleObject: if somebody moved the job since it was read.
    """
    old = Status(job.status)
    new = JOB.transition_for(old, move).to
    job.change(seen_version=job.version, status=new.value, **values)
    changes = audit.state_changes(STATUS_LABELS, old, new)
    audit.record("jobs.moved", job, by=by, at=at, changes=changes, reason=reason)
