"""When an agency ends, its reviews go to whoever holds their procedures from then on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q
from django.urls import reverse

from tinhgon.apps.accounts.queries import holding
from tinhgon.apps.agencies.models import Agency
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.notices import actions as notices
from tinhgon.apps.reviews.enums import Status
from tinhgon.apps.reviews.models import Review, ReviewRound
from tinhgon.common.batches import batches
from tinhgon.domain.access import Permission

_LEFT = [Status.LAPSED.value, Status.ENTERED.value]


@transaction.atomic
def follow_procedures(
    *, planned: Collection[int], decided: Collection[int] = (), by: audit.Actor, at: datetime
) -> int:
    """
    Give the reviews of agencies that ended to the present holders of their procedures, once;
    return how many.

    Those of a round that is over stay with the agency that reviewed, but for the `planned`: keys of
    reviews on which nobody has decided yet. Those in `decided` stay, too: they are counted with the
    plan, which stays with who proposed it. Who reviewed or confirmed before stays in the row; the
    heir says anew who reviews.
    """
    ended = Review.objects.filter(agency__ended_on__lte=at.date()).exclude(status__in=_LEFT)
    under_way = Q(round__closed_on=None) | Q(pk__in=list(planned))
    rows = ended.filter(under_way).exclude(agency=F("procedure__agency"))
    rows = rows.exclude(pk__in=list(decided))
    found = list(
        rows.select_related("agency", "procedure__agency", "procedure_version", "round__round")
        .defer("answers", "asides", "procedure_version__content", "procedure_version__folded")
        .order_by("pk")
    )
    entries = []
    given: dict[Agency, list[int]] = {}
    for review in found:
        heir = review.procedure.agency
        given.setdefault(heir, []).append(review.pk)
        change = audit.Change("Cơ quan rà soát", review.agency.name, heir.name)
        entries.append(audit.Entry("reviews.transferred", review, (change,)))
    for heir, keys in given.items():
        for some in batches(keys):
            Review.objects.filter(pk__in=some).update(
                agency=heir, reviewer=None, changed_at=at, version=F("version") + 1
            )
    _tell(Counter((each.procedure.agency, each.round) for each in found), at)
    audit.record_all(entries, by=by, at=at)
    return len(found)


def _tell(counts: Counter[tuple[Agency, ReviewRound]], at: datetime) -> None:
    for (heir, review_round), number in counts.items():
        notices.notify(
            users=holding(heir, Permission.REVIEW_PROCEDURES, on=at.date()),
            kind="reviews.transferred",
            text=f"{heir.label} tiếp nhận {number} phiếu của {review_round} từ cơ quan đã kết thúc "
            "hoạt động.",
            url=f"{reverse('reviews:reviews', args=[review_round.pk])}?co-quan={heir.pk}",
            at=at,
        )
