import unicodedata
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


_BATCH = 1_000


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.replace("đ", "d").replace("Đ", "d"))
    kept = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(kept.casefold().split())


def fill(apps: Any, _: Any) -> None:
    """Keep what each text is found by."""
    texts = apps.get_model("plans", "LegalChange").objects
    rows = []
    for row in texts.only("pk", "text", "provision").order_by("pk").iterator(chunk_size=_BATCH):
        row.folded = _folded(f"{row.provision} {row.text}")
        rows.append(row)
    texts.bulk_update(rows, ["folded"], batch_size=_BATCH)


class Migration(migrations.Migration):

    dependencies = [
        ('files', '0001_initial'),
        ('plans', '0013_index_of_texts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='legalchange',
            name='folded',
            field=models.TextField(blank=True),
        ),
        migrations.CreateModel(
            name='FormerDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('replaced_at', models.DateTimeField()),
                ('reason', models.TextField()),
                ('change', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_drafts', to='plans.legalchange')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('replaced_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-replaced_at', '-pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='former_draft_has_a_reason')],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
