"""Procedures for tests: full records of our own wording, moved by the real actions."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from tests.factories.people import make_user
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures import actions
from tinhgon.apps.procedures.enums import Status
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.domain.procedures import (
    Basis,
    Body,
    CopyKind,
    Duration,
    Manner,
    Move,
    Paper,
    Part,
    Record,
    Step,
    Unit,
)

_numbers = itertools.count(1)
AT = datetime(2024, 7, 8, 2, 0, tzinfo=UTC)


def _days(amount: int) -> Duration:
    return Duration(Decimal(amount), Unit.WORKING_DAY)


def make_record(name: str = "", **parts: Any) -> Record:
    """Return a record that passes every check of quality, with `parts` in place of its own."""
    record = Record(
        name=name or f"Lập kế hoạch công tác năm, mẫu {next(_numbers)}",
        field="Hành chính, tổng hợp",
        lead="Sở Nội vụ",
        steps=(
            Step(1, "Gửi văn bản đề nghị kèm hồ sơ", "Phòng chuyên môn", _days(1), "Tờ trình"),
            Step(2, "Thẩm định hồ sơ", "Sở Nội vụ", _days(3), "Báo cáo thẩm định"),
            Step(3, "Ký ban hành", "Lãnh đạo cơ quan", _days(1), "Quyết định"),
        ),
        manners=(Manner.E_OFFICE,),
        papers=(Paper("Tờ trình", CopyKind.ELECTRONIC), Paper("Dự thảo kế hoạch")),
        dossier_sets=1,
        time_limit=_days(5),
        subjects=("Các phòng, đơn vị thuộc Sở",),
        bodies=(Body(Part.DECIDING, "Giám đốc Sở"), Body(Part.EXECUTING, "Văn phòng Sở")),
        result="Quyết định",
        fee="Không",
        bases=(
            Basis(
                "Nghị định số 30/2020/NĐ-CP về công tác văn thư",
                "30/2020/NĐ-CP",
                date(2020, 3, 5),
                article="7",
            ),
        ),
    )
    return replace(record, **parts)


def make_version(
    agency: Agency,
    by: User | None = None,
    *,
    status: Status = Status.PROPOSED,
    valid_from: date | None = None,
    valid_to: date | None = None,
    at: datetime = AT,
    name: str = "",
    **parts: Any,
) -> ProcedureVersion:
    """
    Make a procedure of the agency with one version in the given status.

    Up to CHECKED the real actions move it. Later states are written as they stand: what a decision
    does to them is tested with decisions.
    """
    officer = by or make_user(agency, "officer")
    version = actions.propose_procedure(
        record=make_record(name, **parts), agency=agency, by=officer, at=at
    )
    if status is Status.PROPOSED:
        return version
    head = make_user(agency, "head")
    actions.move_version(version=version, move=Move.CONFIRM, by=head, at=at, seen=version.version)
    if status is Status.CONFIRMED:
        return version
    office = make_user(agency, "coordinator")
    actions.check_version(version=version, by=office, at=at, seen=version.version)
    if status is Status.CHECKED:
        return version
    values = {"status": status.value, "valid_from": valid_from, "valid_to": valid_to}
    if status in (Status.PUBLISHED, Status.DISCLOSED) and valid_from is None:
        values["valid_from"] = date(2024, 1, 1)
    ProcedureVersion.objects.filter(pk=version.pk).update(**values)
    version.refresh_from_db()
    return version
