from __future__ import annotations

from typing import Any

from django.db import migrations


def forget_who_stood_behind(apps: Any, _: Any) -> None:
    """Who confirmed or checked stands in the row only while the review is in such a state."""
    rows = apps.get_model("reviews", "Review").objects
    open_again = rows.exclude(status__in=["confirmed", "checked"])
    open_again.update(confirmed_at=None, confirmed_by=None)
    rows.exclude(status="checked").update(checked_at=None, checked_by=None)


class Migration(migrations.Migration):
    dependencies = [("reviews", "0003_entered")]
    operations = [migrations.RunPython(forget_who_stood_behind, migrations.RunPython.noop)]
