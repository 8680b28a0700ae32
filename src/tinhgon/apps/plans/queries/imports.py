"""Decisions on plans on their way in: what the preview shows, and what stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import Count

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies import queries as agencies
from tinhgon.apps.agencies.models import Agency, paths_above
from tinhgon.apps.audit import queries as audit
from tinhgon.apps.audit.models import Event
from tinhgon.apps.plans import policies
from tinhgon.apps.plans.enums import (
    MATCHED_LABELS,
    VERDICT_LABELS,
    ImportMove,
    MatchedBy,
    MeasureKind,
    Verdict,
)
from tinhgon.apps.plans.models import Plan, PlanDecision, PlanImport, PlanImportRow
from tinhgon.apps.procedures.models import ProcedureVersion
from tinhgon.apps.programmes.models import Programme, Round
from tinhgon.apps.reviews import policies as reviews
from tinhgon.domain.access import Permission
from tinhgon.domain.procedures import PUBLISHED
from tinhgon.domain.simplification import KIND_WORDS
from tinhgon.domain.vntext import fold, format_number

from .costs import Stated
from .decision import code_key
from .import_standing import Standing, standing_of

PAGE_SIZE = 100
_A_LIST = 20
_FOUND = 20
_TOLD = 5
LIES_AHEAD = "Ngày ký không thể sau hôm nay."
NEEDED = {
    "number": "số",
    "issued_on": "ngày ký",
    "subject": "trích yếu",
    "signer_name": "người ký",
}
"""What a heading must have before anything is written, with its words."""


def importing_agencies(user: User) -> list[Agency]:
    """Return the agencies for which the person may enter decisions on plans, his own first."""
    own = {position.agency_id for position in user.current_positions}
    return agencies.choosable(user.access.paths(Permission.RECORD_PLAN_DECISION), own=own)


def rounds_to_import(user: User) -> list[Round]:
    """
    Return the rounds into which the person may enter plans: those that review in the system, and
    others of programmes whose rounds he runs, which count as over.
    """
    rounds = Round.objects.filter(programme__in=Programme.objects.visible_to(user))
    rows = rounds.select_related("programme__agency", "review_round")
    return [
        row
        for row in rows.order_by("-programme__starts_on", "programme", "order", "pk")
        if has_reviews(row) or reviews.can_manage(user, row.programme.agency)
    ]


def has_reviews(programme_round: Round) -> bool:
    """Return whether a round of a programme reviews in the system."""
    return hasattr(programme_round, "review_round")


class ListPage(TypedDict):
    page: Page[Any]


def imports_page(*, user: User, number: str) -> ListPage:
    """Return the imports that the person sees, the newest first, with how many rows each has."""
    rows = PlanImport.objects.visible_to(user).select_related("agency", "file", "round")
    rows = rows.annotate(procedures=Count("rows")).order_by("-created_at", "-pk")
    rows = rows.defer("unread", "findings")
    return {"page": Paginator(rows, _A_LIST).get_page(number)}


def get_visible_import(*, user: User, pk: int) -> PlanImport:
    """
    Return the import, if the person may see it.

    :raises PlanImport.DoesNotExist: also when it exists but is hidden from the person.
    """
    rows = PlanImport.objects.visible_to(user).select_related(
        "agency", "file", "issuer", "round__programme__agency", "round__review_round",
        "decision__document", "created_by",
    )  # fmt: skip
    return rows.get(pk=pk)


def get_visible_import_row(*, user: User, pk: int, row: int) -> PlanImportRow:
    """
    Return one procedure of an import by its key, if the person may see it.

    :raises PlanImportRow.DoesNotExist: also when it exists but is hidden from the person.
    """
    visible = PlanImport.objects.visible_to(user).filter(pk=pk)
    return PlanImportRow.objects.select_related(
        "plan_import__agency", "plan_import__round__programme", "plan_import__file", "procedure",
        "version__holder", "version__procedure", "item",
    ).get(pk=row, plan_import__in=visible)  # fmt: skip


def obstacles(plan_import: PlanImport, standing: Standing, *, today: date) -> list[str]:
    """Return in words what must be done before the decision can be written; nothing for ready."""
    heading = plan_import.heading
    missing = [words for name, words in NEEDED.items() if not heading.get(name)]
    missing += [] if plan_import.issuer_id else ["cơ quan ban hành"]
    found = []
    if missing:
        found.append(f"Quyết định còn thiếu {', '.join(missing)}: sửa phần đầu quyết định.")
    if lies_ahead(plan_import, today=today):
        found.append(f"{LIES_AHEAD} Sửa phần đầu quyết định.")
    if standing.undecided:
        found.append(
            f"Còn {format_number(standing.undecided)} thủ tục chưa rõ là thủ tục nào trong danh "
            "mục: mở từng mục để chọn, hoặc ghi lý do không nhập."
        )
    if standing.faulty:
        found.append(
            f"Có {format_number(len(standing.faulty))} thủ tục chưa ghi được: xem lý do ở "
            f"{_places(standing.faulty)}."
        )
    if not standing.ready:
        found.append("Chưa có thủ tục nào ghi được.")
    return found


def lies_ahead(plan_import: PlanImport, *, today: date) -> bool:
    """Return whether the decision, as it was read, will only be signed: so it was read wrongly."""
    day = _day(plan_import.heading)
    return day is not None and day > today


def _places(positions: Sequence[str]) -> str:
    named = ", ".join(f"mục {position}" for position in positions[:_TOLD])
    more = len(positions) - _TOLD
    return f"{named} và {format_number(more)} mục khác" if more > 0 else named


def same_decision(plan_import: PlanImport) -> PlanDecision | None:
    """Return the decision of this issuer, number, symbol and day that is recorded already."""
    said = plan_import.heading
    day = _day(said)
    if plan_import.issuer is None or day is None or not said.get("number"):
        return None
    key = code_key(plan_import.issuer, said["number"], said.get("symbol", ""), day)
    return PlanDecision.objects.select_related("document").filter(code_key=key).first()


@dataclass(frozen=True, slots=True)
class RowLine:
    """One procedure of the decision, as the preview shows it."""

    row: PlanImportRow
    fault: str
    """Why it cannot be written, and what to do about it."""
    measures: list[tuple[str, str, bool]]
    """Words of the kind, content, whether it was approved."""
    costs: Stated | None
    matched: str
    verdict: str
    texts: int


class ImportPage(TypedDict):
    plan_import: PlanImport
    page: Page[Any]
    lines: list[RowLine]
    standing: Standing
    obstacles: list[str]
    already: PlanDecision | None
    totals: Stated | None
    issued_on: date | None
    date_fault: str
    findings: list[str]
    unread: list[dict[str, str]]
    can: dict[str, bool]
    plans: list[Plan]
    history: list[Event]


def import_page(*, user: User, plan_import: PlanImport, today: date, number: str) -> ImportPage:
    """Return a decision with each of its procedures beside its match in the registry."""
    rows = plan_import.rows.select_related("procedure", "version__holder", "item")
    page = Paginator(rows.defer("version__content"), PAGE_SIZE).get_page(number)
    can = {move.value: policies.can_import(user, move, plan_import) for move in ImportMove}
    standing = standing_of(plan_import, today=today, by=user if can["write"] else None)
    return {
        "plan_import": plan_import,
        "page": page,
        "lines": [line_of(row, standing) for row in page.object_list],
        "standing": standing,
        "obstacles": obstacles(plan_import, standing, today=today) if can["write"] else [],
        "already": same_decision(plan_import) if can["write"] else None,
        "totals": Stated.read(plan_import.totals),
        "issued_on": _day(plan_import.heading),
        "date_fault": LIES_AHEAD if lies_ahead(plan_import, today=today) else "",
        "findings": plan_import.findings,
        "unread": plan_import.unread,
        "can": can,
        "plans": _plans(plan_import),
        "history": audit.history_of(plan_import),
    }


def _day(heading: Mapping[str, str]) -> date | None:
    said = heading.get("issued_on")
    return date.fromisoformat(said) if said else None


def _plans(plan_import: PlanImport) -> list[Plan]:
    if plan_import.decision_id is None:
        return []
    rows = Plan.objects.filter(items__decision_lines__decision=plan_import.decision_id)
    return list(rows.distinct().select_related("agency", "round__round").order_by("pk"))


def line_of(row: PlanImportRow, standing: Standing) -> RowLine:
    """Return what is shown of one procedure of a decision."""
    return RowLine(
        row=row,
        fault=standing.faults.get(row.pk, ""),
        measures=[
            (KIND_WORDS[MeasureKind(m["kind"])], m["content"], m.get("granted", True))
            for m in row.said.get("measures", ())
        ],
        costs=Stated.read(row.said.get("costs", {})),
        matched=MATCHED_LABELS[MatchedBy(row.matched_by)] if row.matched_by else "",
        verdict=VERDICT_LABELS[Verdict(row.verdict)],
        texts=len(row.texts),
    )


def import_row_line(*, user: User, row: PlanImportRow, today: date) -> RowLine:
    """Return one procedure of a decision as the preview shows it to whoever puts it right."""
    return line_of(row, standing_of(row.plan_import, today=today, by=user))


@dataclass(frozen=True, slots=True)
class Option:
    """A procedure of the registry that a person may choose for one of the decision."""

    procedure: int
    name: str
    words: str
    reasons: str = ""


def options(row: PlanImportRow, words: str) -> list[Option]:
    """Return what a row may be: its match, what is like it, and what was searched for."""
    found = {each.procedure: each for each in _searched(row.plan_import, words)}
    for each in row.offers:
        code, agency = each["code"], each["agency"]
        option = Option(
            each["procedure"], each["name"], f"{code}, {agency}", "; ".join(each["reasons"])
        )
        found[option.procedure] = option
    if row.procedure and row.version:
        code, agency = row.procedure.local_code, row.version.holder.label
        matched = MATCHED_LABELS[MatchedBy(row.matched_by)] if row.matched_by else ""
        own = Option(row.procedure.pk, row.version.name, f"{code}, {agency}", matched)
        found.pop(own.procedure, None)
        return [own, *found.values()]
    return list(found.values())


def _searched(plan_import: PlanImport, words: str) -> Iterable[Option]:
    asked = words.strip()
    if not asked:
        return
    rows = ProcedureVersion.objects.filter(
        status__in=PUBLISHED, holder__path__startswith=plan_import.agency.path or "/"
    )
    digits = asked.upper().removeprefix("NB-")
    if asked.upper().startswith("NB-") and digits.isascii() and digits.isdigit():
        rows = rows.filter(procedure=int(digits[:15]))
    else:
        for word in fold(asked).split():
            rows = rows.filter(folded__contains=word)
    rows = rows.select_related("procedure", "holder").defer("content").order_by("sort_name", "pk")
    for each in rows[:_FOUND]:
        words = f"{each.procedure.local_code}, {each.holder.label}"
        yield Option(each.procedure_id, each.name, words)


def named_agencies(row: PlanImportRow) -> Mapping[int, Agency]:
    """Return by key the agencies that are to change the texts of a row."""
    keys = [text["agency"] for text in row.texts if text.get("agency")]
    return Agency.objects.in_bulk(keys)


def import_issuers(plan_import: PlanImport) -> Sequence[Agency]:
    """Return who may have signed the decision: the agency, those above it, and who was read."""
    path = plan_import.agency.path or "/"
    above = Agency.objects.filter(path__in=paths_above(path)).order_by("path")
    found = {agency.pk: agency for agency in [*above, plan_import.agency]}
    if plan_import.issuer is not None:
        found.setdefault(plan_import.issuer.pk, plan_import.issuer)
    return list(found.values())
