"""Targets come in from cities with their rows, and may be of a case as well as of a plan; the next migration fills them."""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
import records.dates
import sources.lines
from django.db import migrations, models

_PLACE = models.Q(("first_line__isnull", True), ("last_line__isnull", True)) | models.Q(
    ("first_line__gte", 1),
    ("first_line__isnull", False),
    ("last_line__gte", models.F("first_line")),
    ("last_line__isnull", False),
    ("source__isnull", False),
)
_NEEDS = "A place in a source needs the source, a first line of 1 or more, and a last line not before it."


def _lines(name):
    return models.CheckConstraint(condition=_PLACE, name=name, violation_error_message=_NEEDS)


OLD_LINES = _lines("cities_target_lines")
ONCE = models.UniqueConstraint(fields=("plan", "key"), name="target_once")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0008_commitments_and_mentions"),
        ("cities", "0005_targets_move_to_cases"),
        ("sources", "0003_no_impossible_numbers"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Target",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "hidden",
                            models.BooleanField(
                                default=False,
                                help_text="Set when a record is no longer in the loaded data: it is kept here and not shown to readers.",
                                verbose_name="hidden",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="created",
                            ),
                        ),
                        (
                            "updated_at",
                            models.DateTimeField(
                                db_default=django.db.models.functions.datetime.Now(),
                                default=django.utils.timezone.now,
                                editable=False,
                                verbose_name="last change",
                            ),
                        ),
                        (
                            "first_line",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="first line"),
                        ),
                        (
                            "last_line",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="last line"),
                        ),
                        ("printed", models.TextField(blank=True, verbose_name="as printed")),
                        ("key", models.SlugField(max_length=80, verbose_name="key")),
                        ("target", models.CharField(max_length=300, verbose_name="target")),
                        (
                            "due",
                            models.CharField(
                                blank=True,
                                max_length=21,
                                validators=[records.dates.validate_edtf],
                                verbose_name="due",
                            ),
                        ),
                        (
                            "due_as_printed",
                            models.CharField(blank=True, max_length=100, verbose_name="due, as printed"),
                        ),
                        (
                            "value",
                            models.DecimalField(
                                blank=True, decimal_places=4, max_digits=20, null=True, verbose_name="value"
                            ),
                        ),
                        ("unit", models.CharField(blank=True, max_length=60, verbose_name="unit")),
                        ("qualifier", models.CharField(blank=True, max_length=60, verbose_name="qualifier")),
                        (
                            "plan",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="targets",
                                to="cities.plan",
                                verbose_name="plan",
                            ),
                        ),
                        (
                            "source",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(app_label)s_%(class)s_set",
                                to="sources.source",
                                verbose_name="source",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "target",
                        "verbose_name_plural": "targets",
                        "ordering": ["plan", "first_line", "key"],
                        "abstract": False,
                        "constraints": [OLD_LINES, ONCE],
                    },
                ),
            ]
        ),
        migrations.RemoveConstraint("target", "cities_target_lines"),
        migrations.AddConstraint("target", _lines("cases_target_lines")),
        migrations.RenameField("target", "unit", "unit_text"),
        migrations.AlterField(
            "target",
            "plan",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="targets",
                to="cities.plan",
                verbose_name="plan",
            ),
        ),
        migrations.AddField(
            "target",
            "unit",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="cases.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            "target",
            "initiative",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="targets",
                to="cases.initiative",
                verbose_name="case",
            ),
        ),
        migrations.AddField(
            "target",
            "city",
            models.ForeignKey(
                help_text="whose target it is",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="cities.city",
                verbose_name="city",
            ),
        ),
        migrations.AddField(
            "target",
            "reason",
            models.TextField(
                blank=True,
                help_text="where the date or the value needed a judgement: why",
                verbose_name="reason",
            ),
        ),
        migrations.AddField(
            "target",
            "evidence",
            models.TextField(
                blank=True,
                help_text="what the source reports, in our words; else empty",
                verbose_name="reported reached",
            ),
        ),
        migrations.AddField(
            "target",
            "evidence_lines",
            models.CharField(
                blank=True,
                max_length=100,
                validators=[sources.lines.validate],
                verbose_name="reported reached: lines",
            ),
        ),
    ]
