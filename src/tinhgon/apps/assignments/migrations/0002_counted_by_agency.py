from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
        ('assignments', '0001_initial'),
        ('files', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['at'], name='assignments_at_facd77_idx'),
        ),
        migrations.AddIndex(
            model_name='answer',
            index=models.Index(fields=['decided_at'], name='assignments_decided_f51974_idx'),
        ),
        migrations.AddIndex(
            model_name='assignment',
            index=models.Index(fields=['agency', 'duty', 'status', 'due_on', 'done_on', 'decided_at', 'inherited_from'], name='counted_by_agency'),
        ),
    ]
