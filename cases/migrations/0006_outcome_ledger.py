import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import django.db.models.lookups
import sources.lines
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_units")]

    operations = [
        migrations.RemoveField("outcome", "unit_text"),
        migrations.RemoveField("outcome", "unit_alt_text"),
        migrations.AlterModelOptions(
            name="outcome",
            options={
                "ordering": ["initiative", "first_line", "position", "key"],
                "verbose_name": "outcome",
                "verbose_name_plural": "outcomes",
            },
        ),
        migrations.AddField(
            model_name="outcome",
            name="date_lines",
            field=models.CharField(
                blank=True,
                help_text="where the date stands, for example 75-79; 83",
                max_length=100,
                validators=[sources.lines.validate],
                verbose_name="date: lines",
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="position",
            field=models.PositiveSmallIntegerField(
                default=0, help_text="the order among the claims of one line", verbose_name="position"
            ),
        ),
        migrations.AddField(
            model_name="outcome",
            name="reason",
            field=models.TextField(
                blank=True,
                help_text="where status, value or date needed a judgement: why",
                verbose_name="reason",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="indicator",
            field=models.CharField(
                help_text="in our words, the same for the same thing in all cases",
                max_length=200,
                verbose_name="indicator",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="qualifier",
            field=models.CharField(
                blank=True,
                help_text="as printed: about, more than, nearly",
                max_length=60,
                verbose_name="qualifier",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="repeats",
            field=models.ForeignKey(
                blank=True,
                help_text="the first claim of the same fact",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="repeated_by",
                to="cases.outcome",
                verbose_name="repeats",
            ),
        ),
        migrations.AlterField(
            model_name="outcome",
            name="scope",
            field=models.CharField(
                blank=True,
                help_text="the part, place or group it speaks of",
                max_length=200,
                verbose_name="scope",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("after__isnull", True), ("before__isnull", True)),
                    models.Q(("after__isnull", False), ("before__isnull", False)),
                    _connector="OR",
                ),
                name="outcome_before_and_after",
                violation_error_message="Give before and after both, or neither.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("after__isnull", True),
                    ("value__isnull", True),
                    ("value", models.F("after")),
                    _connector="OR",
                ),
                name="outcome_value_is_after",
                violation_error_message="Where before and after are given, the value is the one after.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unit_alt__isnull", True), ("value_alt__isnull", True)),
                    models.Q(("unit_alt__isnull", False), ("value_alt__isnull", False)),
                    _connector="OR",
                ),
                name="outcome_conversion",
                violation_error_message="A printed conversion needs its unit, and the unit its number.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("date__regex", "^[^/]+/[^/]+$"), _negated=True),
                    django.db.models.lookups.LessThanOrEqual(
                        django.db.models.functions.text.Left(
                            django.db.models.functions.text.Replace(
                                django.db.models.functions.text.Left(
                                    "date",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.text.StrIndex("date", models.Value("/")),
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
                                        "date",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.StrIndex(
                                                "date", models.Value("/")
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
                                    "date",
                                    django.db.models.expressions.CombinedExpression(
                                        django.db.models.functions.text.StrIndex("date", models.Value("/")),
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
                                        "date",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.functions.text.StrIndex(
                                                "date", models.Value("/")
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
                name="outcome_date",
                violation_error_message="The date ends before it starts.",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcome",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("repeats__isnull", True),
                    models.Q(("repeats", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="outcome_repeats_another",
                violation_error_message="A claim cannot repeat itself: choose the first one, or none.",
            ),
        ),
    ]
