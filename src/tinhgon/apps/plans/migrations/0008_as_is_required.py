import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0007_fill_as_confirmed"),
        ("procedures", "0008_days_by_end"),
    ]
    operations = [
        migrations.AlterField(
            model_name="planitem",
            name="as_is",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="procedures.procedureversion",
            ),
        ),
    ]
