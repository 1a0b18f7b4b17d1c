from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0007_names_of_kinds_and_languages"),
    ]

    operations = [
        migrations.AddField(
            model_name="import",
            name="problem_said",
            field=models.JSONField(default=dict, editable=False),
        ),
    ]
