"""Members belong to units, and each that readers see has its evidence: those without are hidden, not deleted."""

import django.db.models.deletion
import records.dates
from django.db import migrations, models


def hide_unproven(apps, schema_editor):
    """Readers no longer see members without a source and a place or printed words; staff do, and can add them."""
    members = apps.get_model("cities", "Member").objects.filter(hidden=False)
    nowhere = models.Q(first_line__isnull=True, printed="")
    members.filter(nowhere | models.Q(source__isnull=True) | models.Q(evidence="")).update(hidden=True)


class Migration(migrations.Migration):
    dependencies = [
        ("cities", "0005_targets_move_to_cases"),
        ("sources", "0003_no_impossible_numbers"),
    ]

    operations = [
        migrations.RunPython(hide_unproven, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="member",
            options={
                "ordering": ["alliance", "name", "parent"],
                "verbose_name": "alliance member",
                "verbose_name_plural": "alliance members",
            },
        ),
        migrations.RemoveConstraint(
            model_name="member",
            name="member_once",
        ),
        migrations.AddField(
            model_name="member",
            name="parent",
            field=models.CharField(
                blank=True,
                help_text="the city, county or province of a unit, as the source names it",
                max_length=200,
                verbose_name="belongs to",
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="city",
            field=models.ForeignKey(
                blank=True,
                help_text="the member itself, or the city it lies in, where the catalogue has it",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="memberships",
                to="cities.city",
                verbose_name="city",
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="joined",
            field=models.CharField(
                blank=True,
                help_text="2017, 2017-03-20; empty where the source does not say",
                max_length=21,
                validators=[records.dates.validate_edtf],
                verbose_name="joined",
            ),
        ),
        migrations.AlterField(
            model_name="member",
            name="kind",
            field=models.CharField(
                choices=[
                    ("city", "city"),
                    ("new area", "new area"),
                    ("district", "district"),
                    ("county", "county"),
                    ("town", "town"),
                    ("other", "another kind of unit"),
                ],
                max_length=20,
                verbose_name="kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.UniqueConstraint(fields=("alliance", "name", "parent"), name="member_once"),
        ),
        migrations.AddConstraint(
            model_name="member",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hidden", True),
                    models.Q(
                        models.Q(
                            ("first_line__isnull", False),
                            models.Q(("printed", ""), _negated=True),
                            _connector="OR",
                        ),
                        models.Q(("evidence", ""), _negated=True),
                        ("source__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="member_evidence",
                violation_error_message="A member needs its evidence: the source that names it, and the line or the printed words. Whom no source names cannot be entered.",
            ),
        ),
    ]
