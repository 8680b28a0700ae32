import django.db.models.deletion
from django.db import migrations, models


def fill(apps, schema_editor):
    procedures = apps.get_model("procedures", "Procedure").objects
    holder = procedures.filter(pk=models.OuterRef("procedure")).values("agency")
    versions = apps.get_model("procedures", "ProcedureVersion").objects
    versions.filter(holder=None).update(holder_id=models.Subquery(holder))


class Migration(migrations.Migration):

    dependencies = [
        ("agencies", "0001_initial"),
        ("procedures", "0005_law"),
    ]

    operations = [
        migrations.AddField(
            model_name="procedureversion",
            name="holder",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="agencies.agency",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
