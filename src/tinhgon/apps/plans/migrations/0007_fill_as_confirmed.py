from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.models import Exists, OuterRef, Q, Subquery

_CONFIRMED = ["confirmed", "assessed", "submitted", "approved", "approved_in_part"]


def fill(apps: Any, _: Any) -> None:
    """Keep what plans rest on: the version, the costs of those confirmed, their reviews as held."""
    items = apps.get_model("plans", "PlanItem").objects
    reviews = apps.get_model("reviews", "Review").objects
    sheets = apps.get_model("assessments", "CostSheet").objects.filter(review=OuterRef("review"))
    lines = apps.get_model("plans", "PlanDecisionLine").objects.filter(item=OuterRef("pk"))
    reviewed = reviews.filter(pk=OuterRef("review")).values("procedure_version")[:1]
    items.update(as_is=Subquery(reviewed))
    confirmed = items.filter(plan__confirmed_at__isnull=False)
    confirmed.filter(Exists(sheets)).update(
        cost_before=Subquery(sheets.values("cost_now")[:1]),
        cost_after=Subquery(sheets.values("cost_after")[:1]),
        norm=Subquery(sheets.values("norm")[:1]),
    )
    # What was decided then was what was proposed, whatever the sheet says by now.
    decided = lines.filter(cost_before__isnull=False, cost_after__isnull=False).order_by("-pk")
    confirmed.filter(Exists(decided)).update(
        cost_before=Subquery(decided.values("cost_before")[:1]),
        cost_after=Subquery(decided.values("cost_after")[:1]),
    )
    held = items.filter(review=OuterRef("pk"), plan__status__in=_CONFIRMED)
    vouched = Q(status__in=["confirmed", "checked"])
    reviews.filter(vouched, Exists(held.exclude(verdict="refused"))).update(is_held=True)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0006_as_confirmed"),
        ("reviews", "0005_held"),
        ("assessments", "0001_initial"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
