"""A procedure of a draft plan goes on with the version with which its review went on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tinhgon.apps.accounts.models import User
from tinhgon.apps.audit import actions as audit
from tinhgon.apps.plans.models import LegalChange, Measure, PlanItem
from tinhgon.apps.plans.queries.renewing import Renewal, renewal_of
from tinhgon.common.models import StaleObject
from tinhgon.common.refusal import Refused

from ._shared import open_for_edit, recompute


@dataclass(frozen=True, slots=True)
class Kept:
    """
    What a person says of what is tied to no measure, where some are lost: of each text by its key,
    and of the proposal in words, whether the newer version still needs it.
    """

    texts: Mapping[int, bool] = field(default_factory=dict)
    proposal: bool | None = None


@transaction.atomic
def renew_item(
    *, item: PlanItem, to: int, by: User, at: datetime, seen: int, kept: Kept | None = None
) -> list[str]:
    """
    Take the procedure over to the newer version that its review is of: measures go to the parts
    that say the same there. Return the words of those whose part is no more: they leave the plan,
    with the texts that only they needed; what is tied to no measure stays or goes as `kept` says.
    `to` is the key of the version that was shown.

    :raises IllegalMove, PermissionDenied: as `open_for_edit`.
    :raises StaleObject: if the item changed since `seen` was seen, or its review went on to a
        version whose measures nobody saw.
    :raises Refused: if there is nothing to go over to, or of something tied to no measure nobody
        says whether it stays.
    """
    open_for_edit(item.plan, by=by, at=at)
    renewal = renewal_of(item, item.measures.all(), item.legal_changes.all())
    if renewal is None:
        raise Refused("Phiếu rà soát không còn bản mới nào để thủ tục chuyển sang.")
    if renewal.version.pk != to:
        raise StaleObject
    dropped, stays = _dropped(renewal, kept or Kept())
    proposal = item.proposal if stays is None else stays
    old = item.as_is
    changes = [audit.Change("Phiên bản", f"lần {old.number}", f"lần {renewal.version.number}")]
    names = "Nội dung đơn giản hóa"
    changes += [audit.Change(names, each.content, "") for each in renewal.lost]
    changes += [audit.Change("Văn bản phải sửa", str(each), "") for each in dropped]
    if item.proposal != proposal:
        changes.append(audit.Change("Kiến nghị thực thi", item.proposal, proposal))
    changes += [audit.Change(names, each.measure.content, each.words) for each in renewal.changed]
    lost = [each.content for each in renewal.lost]
    LegalChange.objects.filter(pk__in=[each.pk for each in dropped]).delete()
    Measure.objects.filter(pk__in=[each.pk for each in renewal.lost]).delete()
    for each in renewal.kept:
        measure = each.measure
        measure.target, measure.value = each.value.target, dict(each.value.value)
        measure.content = each.words
    measures = [each.measure for each in renewal.kept]
    Measure.objects.bulk_update(measures, ["target", "value", "content"], batch_size=100)
    item.change(seen_version=seen, as_is=renewal.version, proposal=proposal)
    del item.__dict__["as_is_record"]  # it was of the old version
    followed = recompute(item, by=by, at=at, seen=item.version)
    first = audit.Entry("plans.item_renewed", item, tuple(changes))
    audit.record_all([first, *followed], by=by, at=at)
    return lost


def _dropped(renewal: Renewal, kept: Kept) -> tuple[list[LegalChange], str | None]:
    """Return the texts that go, and the proposal that stays; None leaves it as it is."""
    for text in renewal.loose_texts:
        if text.pk not in kept.texts:
            raise Refused(f"Chọn giữ hay bỏ văn bản phải sửa: {text}.", f"text_{text.pk}")
    if renewal.proposal and kept.proposal is None:
        raise Refused("Chọn giữ hay bỏ kiến nghị thực thi.", "proposal")
    gone = [text for text in renewal.loose_texts if not kept.texts[text.pk]]
    stays = "" if renewal.proposal and not kept.proposal else None
    return [*renewal.lost_texts, *gone], stays
