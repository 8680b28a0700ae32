from __future__ import annotations

from typing import Any

from django.db import migrations, models


def keep_when_it_was_confirmed(apps: Any, _: Any) -> None:
    """What is confirmed now was last confirmed then; of what was given back nothing is known."""
    rows = apps.get_model("reviews", "Review").objects
    rows.filter(confirmed_at__isnull=False).update(last_confirmed_at=models.F("confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [("reviews", "0005_held")]
    operations = [
        migrations.AddField(
            model_name="review",
            name="last_confirmed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(keep_when_it_was_confirmed, migrations.RunPython.noop),
    ]
