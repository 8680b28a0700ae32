from django.db import migrations
from django.db.models import Q


def fill(apps, schema_editor):
    """What was refused, or stands in a plan that was withdrawn, holds its review no more."""
    item = apps.get_model("plans", "PlanItem")
    over = item.objects.filter(Q(verdict="refused") | Q(plan__status="withdrawn"))
    item.objects.filter(pk__in=over.values("pk")).update(is_live=False)


class Migration(migrations.Migration):
    dependencies = [("plans", "0015_one_live_item")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop, elidable=True)]
