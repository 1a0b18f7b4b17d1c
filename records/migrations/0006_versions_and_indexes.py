from django.db import migrations, models

from records import versions


class Migration(migrations.Migration):
    dependencies = [("records", "0005_words_of_the_catalogue_in_each_language")]

    operations = [
        # A table without a model, see records/versions.py.
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.CreateModel(
                    name="TableVersion",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True)),
                        ("name", models.CharField(db_index=True, max_length=63)),
                        ("token", models.CharField(max_length=80)),
                    ],
                )
            ]
        ),
        # The triggers are set after all migrations; without their table nothing could be written.
        migrations.RunPython(migrations.RunPython.noop, versions.remove),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["action"], name="change_of_action"),
        ),
        migrations.AddIndex(
            model_name="loadedrecord",
            index=models.Index(fields=["model", "object_id"], name="loaded_record_of"),
        ),
    ]
