"""Units become a vocabulary of their own; what outcomes had as text becomes one. Kept apart from the next migration:
PostgreSQL changes no table in the transaction that has just written to it.
"""

import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models

KINDS = [
    ("count", "count"), ("share", "share"), ("rank", "place in a ranking"), ("score", "score"),
    ("money", "money"), ("length", "length"), ("area", "area"), ("volume", "volume"), ("mass", "mass"),
    ("energy", "energy"), ("concentration", "concentration"), ("time", "time"), ("rate", "rate"),
    ("other", "another kind"),
]  # fmt: skip


def units_of_texts(apps, schema_editor):
    """A unit for each text that an outcome has, for a curator to name."""
    Outcome, Unit = (apps.get_model("cases", name) for name in ("Outcome", "Unit"))
    for text, unit in (("unit_text", "unit"), ("unit_alt_text", "unit_alt")):
        outcomes = Outcome.objects.exclude(**{text: ""})
        for code in set(outcomes.order_by().values_list(text, flat=True)):
            made, _new = Unit.objects.get_or_create(code=code, defaults={"name": code, "kind": "other"})
            outcomes.filter(**{text: code}).update(**{unit: made})


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0004_last_change"),
        ("sources", "0003_no_impossible_numbers"),
    ]

    operations = [
        migrations.CreateModel(
            name="Unit",
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
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("name_zh", models.CharField(blank=True, max_length=120, verbose_name="name in Chinese")),
                (
                    "code",
                    models.CharField(
                        help_text="as filters and exports have it: %, persons, km², CNY",
                        max_length=60,
                        unique=True,
                        verbose_name="code",
                    ),
                ),
                ("kind", models.CharField(choices=KINDS, max_length=20, verbose_name="kind")),
            ],
            options={
                "verbose_name": "unit",
                "verbose_name_plural": "units",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), _negated=True),
                        name="unit_code",
                        violation_error_message="A unit needs its code.",
                    )
                ],
            },
        ),
        migrations.RenameField("outcome", "unit", "unit_text"),
        migrations.RenameField("outcome", "unit_alt", "unit_alt_text"),
        migrations.AddField(
            model_name="outcome",
            name="unit",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="outcomes",
                to="cases.unit",
                verbose_name="unit",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="unit_alt",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="conversions",
                to="cases.unit",
                verbose_name="unit of the conversion",
            ),
        ),
        migrations.RunPython(units_of_texts, migrations.RunPython.noop),
    ]
