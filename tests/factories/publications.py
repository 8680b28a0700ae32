"""Decisions for tests, made by the real actions."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from tests.factories.people import make_user
from tests.factories.procedures import AT, make_record, make_version
from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.procedures.enums import Action, Status
from tinhgon.apps.procedures.models import Procedure, ProcedureVersion
from tinhgon.apps.publications import actions
from tinhgon.apps.publications.models import Decision

_numbers = itertools.count(1)
SUBJECT = "công bố thủ tục hành chính nội bộ thuộc phạm vi quản lý của Sở"


def make_draft(
    drafter: Agency,
    by: User | None = None,
    *,
    versions: Sequence[ProcedureVersion] = (),
    abolished: Sequence[Procedure] = (),
    issuer: Agency | None = None,
    at: datetime = AT,
    **heading: Any,
) -> Decision:
    """Make a draft decision with one line for each version and each abolished procedure."""
    by = by or make_user(drafter, "officer")
    decision = actions.draft_decision(
        drafter=drafter,
        issuer=issuer or drafter.parent or drafter,
        heading=actions.Heading(**{"subject": SUBJECT, **heading}),
        by=by,
        at=at,
    )
    if versions:
        actions.add_versions(
            decision=decision, versions=versions, by=by, at=at, seen=decision.version
        )
    if abolished:
        actions.add_abolitions(
            decision=decision, procedures=abolished, by=by, at=at, seen=decision.version
        )
    return decision


def make_submitted(drafter: Agency, by: User | None = None, **draft: Any) -> Decision:
    """Make a decision that was sent for signing; with one new procedure unless lines are given."""
    by = by or make_user(drafter, "officer")
    at = draft.get("at", AT)
    if not draft.get("versions") and not draft.get("abolished"):
        draft["versions"] = [make_version(drafter, status=Status.CHECKED, at=at)]
    decision = make_draft(drafter, by, **draft)
    actions.submit_decision(
        decision=decision,
        submission=actions.Submission(),
        by=by,
        at=at,
        seen=decision.version,
    )
    return decision


def signed(number: str = "", issued_on: date = date(2024, 7, 8), **values: Any) -> actions.Signed:
    """Return what stands on a signed paper; the number is one of its own unless given."""
    return actions.Signed(
        number=number or str(next(_numbers)),
        issued_on=issued_on,
        signer_name=values.pop("signer_name", "Nguyễn Văn A"),
        signer_title=values.pop("signer_title", "CHỦ TỊCH"),
        **values,
    )


def make_signed(drafter: Agency, by: User | None = None, **draft: Any) -> Decision:
    """Make a decision that was signed and recorded; `paper` says what stands on the paper."""
    paper = draft.pop("paper", None) or signed()
    at = draft.get("at", AT)
    decision = make_submitted(drafter, by, **draft)
    actions.record_signed(
        decision=decision,
        signed=paper,
        upload=None,
        by=make_user(drafter, "clerk"),
        at=at,
        seen=decision.version,
    )
    return decision


def make_entered(
    drafter: Agency,
    lines: Sequence[actions.Entered] | int = 1,
    *,
    on: date = date(2024, 1, 2),
    by: User | None = None,
    number: str = "",
    **values: Any,
) -> Decision:
    """Enter a decision signed elsewhere; a number of lines makes as many new procedures."""
    if isinstance(lines, int):
        lines = [entered_line(drafter, position=f"A.{n}") for n in range(1, lines + 1)]
    return actions.enter_signed(
        issuer=drafter.parent or drafter,
        drafter=drafter,
        file=values.pop("file", None),
        subject=values.pop("subject", SUBJECT),
        signed=signed(number, on, symbol=values.pop("symbol", "QĐ-UBND"), **values),
        lines=lines,
        by=by or make_user(drafter, "clerk"),
        at=AT,
    )


def entered_line(agency: Agency, **values: Any) -> actions.Entered:
    """Return a line that brings a new procedure of the agency, unless `values` say otherwise."""
    record = values.pop("record", None) or make_record(values.pop("name", ""))
    defaults: dict[str, Any] = {"action": Action.NEW, "agency": agency}
    return actions.Entered(printed_name=record.name, record=record, **{**defaults, **values})


def abolishing(procedure: Procedure, **values: Any) -> actions.Entered:
    """Return a line that abolishes the procedure."""
    return actions.Entered(
        action=Action.ABOLISHED, printed_name="Thủ tục", procedure=procedure, **values
    )
