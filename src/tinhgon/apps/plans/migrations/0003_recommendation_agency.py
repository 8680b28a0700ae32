import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def _of_its_plan(apps, schema_editor):
    rows = apps.get_model("plans", "Recommendation").objects.all()
    items = apps.get_model("plans", "PlanItem").objects.filter(pk=OuterRef("item"))
    rows.update(agency=Subquery(items.values("plan__agency")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('plans', '0002_live_items_counted'),
    ]

    operations = [
        migrations.AddField(
            model_name='recommendation',
            name='agency',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
        migrations.RunPython(_of_its_plan, migrations.RunPython.noop),
    ]
