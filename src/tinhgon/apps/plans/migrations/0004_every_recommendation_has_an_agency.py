import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('plans', '0003_recommendation_agency'),
    ]

    operations = [
        migrations.AlterField(
            model_name='recommendation',
            name='agency',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agencies.agency'),
        ),
    ]
