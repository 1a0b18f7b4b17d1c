"""Targets move up to where those of cases can stand beside them: the table keeps its rows and gets its new name.

`cases.0009_targets` takes the model in; the two belong together.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("cities", "0004_other_names")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.AlterModelTable("target", "cases_target")],
            state_operations=[migrations.DeleteModel("Target")],
        )
    ]
