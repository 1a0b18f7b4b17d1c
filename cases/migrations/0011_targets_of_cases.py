"""Targets of cases beside those of plans, with the rules for both; organisations of a closed list of kinds."""

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0010_targets_of_plans"),
        ("cities", "0005_targets_move_to_cases"),
        ("sources", "0003_no_impossible_numbers"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="target",
            options={
                "ordering": ["plan", "initiative", "first_line", "key"],
                "verbose_name": "target",
                "verbose_name_plural": "targets",
            },
        ),
        migrations.RemoveField(
            model_name="target",
            name="unit_text",
        ),
        migrations.AddField(
            model_name="organisation",
            name="collective",
            field=models.BooleanField(
                default=False,
                help_text="where a source names them only together: “private developers”",
                verbose_name="several, none named",
            ),
        ),
        migrations.AlterField(
            model_name="organisation",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("public-body", "public body"),
                    ("company", "company"),
                    ("non-profit", "non-profit organisation"),
                    ("university", "university or institute"),
                    ("community", "community group"),
                    ("media", "media"),
                    ("other", "another kind of organisation"),
                ],
                max_length=60,
                verbose_name="kind",
            ),
        ),
        migrations.AlterField(
            model_name="target",
            name="city",
            field=models.ForeignKey(
                help_text="whose target it is",
                on_delete=django.db.models.deletion.PROTECT,
                related_name="targets",
                to="cities.city",
                verbose_name="city",
            ),
        ),
        migrations.AddIndex(
            model_name="partner",
            index=models.Index(fields=["initiative", "hidden", "organisation"], name="partner_shown"),
        ),
        migrations.AddIndex(
            model_name="placemention",
            index=models.Index(fields=["initiative", "hidden", "place"], name="place_mention_shown"),
        ),
        migrations.AddIndex(
            model_name="target",
            index=models.Index(fields=["hidden", "due"], name="target_due_shown"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.UniqueConstraint(fields=("initiative", "key"), name="target_of_case_once"),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("initiative__isnull", True), ("plan__isnull", False)),
                    models.Q(("initiative__isnull", False), ("plan__isnull", True)),
                    _connector="OR",
                ),
                name="target_of_plan_or_case",
                violation_error_message="A target is of a plan or of a case: choose one of the two.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("due__regex", "^[^/]+/[^/]+$"), _negated=True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Left(
                            django.db.models.functions.text.Replace(
                                django.db.models.functions.text.Left(
                                    "due",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.text.StrIndex("due", models.Value("/")),
                                        "-",
                                        models.Value(1),
                                    ),
                                ),
                                models.Value("X"),
                                models.Value("0"),
                            ),
                            django.db.models.functions.text.Length(
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Substr(
                                        "due",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.StrIndex(
                                                "due", models.Value("/")
                                            ),
                                            "+",
                                            models.Value(1),
                                        ),
                                    ),
                                    models.Value("X"),
                                    models.Value("9"),
                                )
                            ),
                        ),
                        django.db.models.functions.text.Left(
                            django.db.models.functions.text.Replace(
                                django.db.models.functions.text.Substr(
                                    "due",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.text.StrIndex("due", models.Value("/")),
                                        "+",
                                        models.Value(1),
                                    ),
                                ),
                                models.Value("X"),
                                models.Value("9"),
                            ),
                            django.db.models.functions.text.Length(
                                django.db.models.functions.text.Replace(
                                    django.db.models.functions.text.Left(
                                        "due",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.StrIndex(
                                                "due", models.Value("/")
                                            ),
                                            "-",
                                            models.Value(1),
                                        ),
                                    ),
                                    models.Value("X"),
                                    models.Value("0"),
                                )
                            ),
                        ),
                    ),
                    _connector="OR",
                ),
                name="target_due",
                violation_error_message="The date ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("value__isnull", True), ("unit__isnull", False), _connector="OR"),
                name="target_unit",
                violation_error_message="A value needs its unit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("evidence", ""), ("evidence_lines", "")),
                    models.Q(
                        models.Q(("evidence", ""), _negated=True),
                        models.Q(("evidence_lines", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="target_evidence",
                violation_error_message="What is reported reached needs its lines, and the lines what they report.",
            ),
        ),
    ]
