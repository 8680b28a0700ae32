"""What an inventory lacks against a reference list, as far as nobody has ruled on it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypedDict

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from tinhgon.apps.accounts.models import User
from tinhgon.apps.agencies.models import Agency, AgencyQuerySet
from tinhgon.apps.agencies.queries import understood, written
from tinhgon.apps.matching import policies
from tinhgon.apps.matching.models import GapVerdict, ReferenceItem, ReferenceList
from tinhgon.apps.procedures.enums import Tier
from tinhgon.common.http import whole_number
from tinhgon.domain.access import Permission
from tinhgon.domain.likeness import Basis, Fingerprint, Gap, GapStatus, find_gaps
from tinhgon.domain.procedures import read_bases

from .references import references
from .snapshot import Snapshot, snapshot

_SIZE = 50
_KEPT = 8  # comparisons held in memory
STATUS_WORDS = {
    GapStatus.MISSING: "Có thể còn sót",
    GapStatus.PROBABLY_PRESENT: "Có thể đã có",
    GapStatus.PRESENT: "Đã có",
    GapStatus.NOT_APPLICABLE: "Không thuộc cơ quan",
}
STATUSES = {
    "con-sot": GapStatus.MISSING,
    "co-the-co": GapStatus.PROBABLY_PRESENT,
    "da-co": GapStatus.PRESENT,
    "khong-thuoc": GapStatus.NOT_APPLICABLE,
}
RULED = "da-xu-ly"


@dataclass(frozen=True, slots=True)
class Line:
    """One item of the list against the inventory."""

    item: ReferenceItem
    gap: Gap
    verdict: GapVerdict | None
    twin: int | None  # the procedure that fills its place, or comes nearest

    @property
    def percent(self) -> int:
        return round(self.gap.confidence * 100)


class GapsPage(TypedDict):
    references: list[ReferenceList]
    reference: ReferenceList | None
    agency: Agency | None
    agency_text: str
    tier: Tier | None
    shown: str
    tabs: list[dict[str, object]]
    page: Page[Line] | None
    may_decide: bool
    may_receive: bool


@dataclass(frozen=True, slots=True)
class GapsAsked:
    """What the address asks for; what it says wrongly counts as not said."""

    reference: int | None
    agency: str
    tier: Tier | None
    shown: str
    number: str


def read_asked(query: Mapping[str, str]) -> GapsAsked:
    tier = query.get("cap", "")
    shown = query.get("phan", "")
    return GapsAsked(
        reference=whole_number(query.get("danh-muc", "")),
        agency=query.get("co-quan", "").replace("\0", "")[:200],
        tier=Tier(tier) if tier in list(Tier) else None,
        shown=shown if shown in {*STATUSES, RULED} else "con-sot",
        number=query.get("page", "1"),
    )


def gaps_page(*, user: User, asked: GapsAsked, today: date) -> GapsPage:
    """Return the items of a list by what they are to an agency and all below it."""
    lists = list(references())
    reference = next((each for each in lists if each.pk == asked.reference), None)
    agency = _agency(user, asked, today)
    page, tabs = None, []
    if reference is not None and agency is not None:
        lines = _lines(reference, agency, asked.tier, today)
        parts = _parted(lines)
        tabs = _tabs(parts, asked, agency)
        page = Paginator(parts[asked.shown], _SIZE).get_page(asked.number)
    return {
        "references": lists,
        "reference": reference,
        "agency": agency,
        "agency_text": written(agency) if agency else asked.agency,
        "tier": asked.tier,
        "shown": asked.shown,
        "tabs": tabs,
        "page": page,
        "may_decide": agency is not None
        and user.access.allows(Permission.PROPOSE_PROCEDURE, agency.path or "/"),
        "may_receive": policies.may_rule(user),
    }


def get_deciding_agency(*, user: User, pk: int, today: date) -> Agency:
    """
    Return an agency whose inventory the person compares.

    :raises Agency.DoesNotExist: if it is none of today, or of another branch.
    """
    return _own(user, today).get(pk=pk)


def _own(user: User, today: date) -> QuerySet[Agency]:
    paths = user.access.paths(Permission.SEE)
    return AgencyQuerySet(Agency).within(paths).existing_on(today)


def _agency(user: User, asked: GapsAsked, today: date) -> Agency | None:
    if asked.agency:
        named = understood(asked.agency)
        return _own(user, today).filter(pk=named.pk).first() if named else None
    positions = user.current_positions
    return positions[0].agency if positions else None


def _lines(reference: ReferenceList, agency: Agency, tier: Tier | None, today: date) -> list[Line]:
    known = snapshot(today=today)
    items = list(reference.items.all())
    verdicts = {
        verdict.item_id: verdict
        for verdict in GapVerdict.objects.filter(
            item__reference=reference, agency=agency
        ).select_related("by", "version")
    }
    gaps = _compared(known, reference, items, agency.path or "/", tier)
    return [
        Line(item, gap, verdicts.get(item.pk), _key(gap))
        for item, gap in zip(items, gaps, strict=True)
    ]


def _key(gap: Gap) -> int | None:
    key = gap.twin.item.key if gap.twin else None
    return key if isinstance(key, int) else None


_Place = tuple[int, int, str, str]
_memory: OrderedDict[_Place, tuple[Snapshot, list[Gap]]] = OrderedDict()


def _compared(
    known: Snapshot,
    reference: ReferenceList,
    items: list[ReferenceItem],
    path: str,
    tier: Tier | None,
) -> list[Gap]:
    """Compare, or take what was found before in the same registry."""
    place = (reference.pk, len(items), path, tier.value if tier else "")
    before = _memory.get(place)
    if before is not None and before[0] is known:
        return before[1]
    held = [
        known.prints[each.procedure]
        for each in known.held.values()
        if each.path.startswith(path) and (tier is None or each.tier == tier.value)
    ]
    levels = frozenset({tier.value}) if tier else frozenset[str]()
    fields = frozenset(str(field) for field in reference.fields)
    found = find_gaps(held, _prints(items), levels=levels, fields=fields)
    _memory[place] = (known, found)
    while len(_memory) > _KEPT:
        _memory.popitem(last=False)
    return found


def _prints(items: Iterable[ReferenceItem]) -> list[Fingerprint]:
    return [
        Fingerprint(
            item.pk,
            item.name,
            field=item.field,
            level=item.tier,
            agency=item.agencies[0] if item.agencies else "",
            bases=tuple(
                Basis(basis.code or basis.document, basis.article)
                for line in item.legal_basis.splitlines()
                for basis in read_bases(line)
            ),
            code=item.code,
            source=f"list {item.reference_id}",
        )
        for item in items
    ]


def _parted(lines: list[Line]) -> dict[str, list[Line]]:
    parts: dict[str, list[Line]] = {key: [] for key in (*STATUSES, RULED)}
    keys = {status: key for key, status in STATUSES.items()}
    for line in lines:
        parts[RULED if line.verdict else keys[line.gap.status]].append(line)
    parts["con-sot"].sort(key=lambda line: -line.gap.confidence)
    return parts


def _tabs(
    parts: dict[str, list[Line]], asked: GapsAsked, agency: Agency
) -> list[dict[str, object]]:
    labels = {key: STATUS_WORDS[status] for key, status in STATUSES.items()} | {RULED: "Đã xử lý"}
    tier = f"&cap={asked.tier.value}" if asked.tier else ""
    address = f"?danh-muc={asked.reference}&co-quan={agency.pk}{tier}"
    return [
        {
            "label": label,
            "url": f"{address}&phan={key}",
            "current": key == asked.shown,
            "count": len(parts[key]),
        }
        for key, label in labels.items()
    ]


def get_visible_gap_verdict(*, user: User, pk: int) -> GapVerdict:
    """
    Return a verdict on an item, if the agency it was said for is of the person's branch.

    :raises GapVerdict.DoesNotExist: also when it exists but is hidden from the person.
    """
    own = AgencyQuerySet(Agency).within(user.access.paths(Permission.SEE))
    found = GapVerdict.objects.select_related("item__reference", "agency", "version")
    return found.get(pk=pk, agency__in=own)
