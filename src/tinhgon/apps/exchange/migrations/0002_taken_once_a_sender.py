from django.db import migrations, models
from django.db.models import Case, CharField, F, Value, When
from django.db.models.functions import Cast, Concat


def name_the_sender(apps, schema_editor):
    """What was taken in before stays taken in: its key names the sender as new ones do."""
    arrival = apps.get_model("exchange", "Arrival")
    same = Case(When(subject="status", then=F("sha256")), default=F("document_id"))
    key = Concat(
        Cast("owner_id", CharField()),
        Value(":"),
        F("subject"),
        Value(":"),
        F("sender_id"),
        Value(":"),
        same,
        output_field=CharField(),
    )
    arrival.objects.filter(taken_key__isnull=False).update(taken_key=key)


class Migration(migrations.Migration):
    dependencies = [("exchange", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="arrival",
            name="taken_key",
            field=models.CharField(blank=True, max_length=300, null=True, unique=True),
        ),
        migrations.RunPython(name_the_sender, migrations.RunPython.noop, elidable=True),
    ]
