from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0016_fill_live_items")]

    operations = [
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.UniqueConstraint(condition=models.Q(('is_live', True)), fields=('review',), name='review_in_one_live_item'),
        ),
        migrations.AddConstraint(
            model_name='planitem',
            constraint=models.CheckConstraint(condition=models.Q(('is_live', False), models.Q(('verdict', 'refused'), _negated=True), _connector='OR'), name='refused_item_is_not_live'),
        ),
    ]
