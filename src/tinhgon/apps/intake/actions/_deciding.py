"""A decision that is law already, entered with all of its lines."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.intake import policies
from tinhgon.apps.intake.enums import BatchKind, Choice
from tinhgon.apps.intake.imports import printed_code
from tinhgon.apps.intake.models import Batch, BatchRow, RowResult
from tinhgon.apps.procedures.enums import Action
from tinhgon.apps.publications import actions as publications
from tinhgon.apps.publications.models import DecisionLine
from tinhgon.common.batches import BATCH
from tinhgon.common.refusal import Refused
from tinhgon.domain.intake import onto
from tinhgon.domain.procedures import Record, from_json


def enter_decision(batch: Batch, *, by: User, at: datetime) -> list[audit.Entry]:
    """
    Enter the decision with the rows that were chosen; return what to record of its versions.

    :raises PermissionDenied: if `by` may not record decisions for an agency that holds a row.
    :raises Refused: if the heading lacks something, or the decision is there already.
    """
    rows = list(
        batch.rows.filter(choice__in=[Choice.ADD.value, Choice.UPDATE.value]).select_related(
            "agency", "target__agency", "base", "ends", "abolishes"
        )
    )
    holders = [row.target.agency if row.target else row.agency for row in rows]
    for holder in {agency.pk: agency for agency in holders if agency}.values():
        policies.check_receive(by, BatchKind.DECISION, holder)
    try:
        decision = publications.enter_signed(
            issuer=_issuer(batch),
            drafter=batch.agency,
            subject=batch.heading.get("subject", ""),
            signed=_signed(batch),
            lines=[_line(row) for row in rows],
            file=batch.file,
            text="\n".join(batch.heading.get("articles", ())),
            by=by,
            at=at,
        )
    except publications.Refused as e:
        raise Refused(str(e), e.field) from e
    batch.change(seen_version=batch.version, decision=decision)
    lines = decision.lines.select_related("version").order_by("order")
    return _keep(rows, list(lines))


def _keep(rows: Sequence[BatchRow], lines: Sequence[DecisionLine]) -> list[audit.Entry]:
    RowResult.objects.bulk_create(
        (
            RowResult(row=row, version=line.version, seen=line.version.version)
            for row, line in zip(rows, lines, strict=True)
            if line.version is not None
        ),
        batch_size=BATCH,
    )
    return [
        audit.Entry("procedures.published", line.version)
        for line in lines
        if line.version is not None
    ]


def _issuer(batch: Batch) -> Agency:
    found = Agency.objects.filter(pk=batch.heading.get("issuer") or 0).first()
    if found is None:
        raise Refused("Chưa rõ cơ quan ban hành quyết định. Sửa phần đầu quyết định.", "issuer")
    return found


def _signed(batch: Batch) -> publications.Signed:
    said = batch.heading
    for name, words in (
        ("number", "số"),
        ("symbol", "ký hiệu"),
        ("issued_on", "ngày ký"),
        ("signer_name", "người ký"),
    ):
        if not said.get(name):
            raise Refused(f"Chưa rõ {words} của quyết định. Sửa phần đầu quyết định.", name)
    effective = said.get("effective_on")
    return publications.Signed(
        number=said["number"],
        symbol=said["symbol"],
        issued_on=date.fromisoformat(said["issued_on"]),
        signer_name=said["signer_name"],
        signer_title=said.get("signer_title", ""),
        signer_authority=said.get("signer_authority", ""),
        effective_on=date.fromisoformat(effective) if effective else None,
    )


def _line(row: BatchRow) -> publications.Entered:
    action = Action(row.action)
    adds = row.choice == Choice.ADD
    return publications.Entered(
        action=action,
        printed_name=row.name,
        record=_record(row, adds=adds) if action.brings_version else None,
        procedure=None if adds else row.target,
        agency=row.agency,
        position=row.position,
        section=row.section,
        note=row.note,
        abolishes=row.abolishes,
        ends=(row.ends,) if row.ends else (),
        code=printed_code(row) if action.brings_version else "",
    )


def _record(row: BatchRow, *, adds: bool) -> Record:
    read = from_json(row.record)
    return read if adds or row.base is None else onto(row.base.record, read)
