from django.db import migrations


def open_recommendations(apps, schema_editor):
    """What was recommended before a recommendation had a page of its own is still to be sent."""
    item = apps.get_model("plans", "PlanItem")
    recommendation = apps.get_model("plans", "Recommendation")
    rows = item.objects.filter(verdict="recommended_up", recommendation=None).order_by("pk")
    keys = list(rows.values_list("pk", flat=True))
    recommendation.objects.bulk_create(
        [recommendation(item_id=key) for key in keys], batch_size=500
    )


class Migration(migrations.Migration):
    dependencies = [("plans", "0011_recommendations")]

    operations = [
        migrations.RunPython(open_recommendations, migrations.RunPython.noop, elidable=True)
    ]
