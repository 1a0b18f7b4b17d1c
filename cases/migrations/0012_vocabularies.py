"""Themes as a vocabulary: other names, what is broader, matches in outside vocabularies."""

import django.core.validators
import django.db.models.deletion
import django.db.models.functions.datetime
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0011_targets_of_cases"),
    ]

    operations = [
        migrations.AddField(
            model_name="theme",
            name="alt_labels",
            field=models.TextField(blank=True, help_text="one a line", verbose_name="other names"),
        ),
        migrations.AddField(
            model_name="theme",
            name="alt_labels_zh",
            field=models.TextField(blank=True, help_text="one a line", verbose_name="other names in Chinese"),
        ),
        migrations.AddField(
            model_name="theme",
            name="hidden_labels",
            field=models.TextField(
                blank=True,
                help_text="one a line: misspellings and the like, in either language",
                verbose_name="found by, not shown",
            ),
        ),
        migrations.CreateModel(
            name="ThemeBroader",
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
                    "broader",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="narrower_links",
                        to="cases.theme",
                        verbose_name="broader theme",
                    ),
                ),
                (
                    "narrower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="broader_links",
                        to="cases.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "broader theme",
                "verbose_name_plural": "broader themes",
                "ordering": ["narrower", "broader__name"],
                "constraints": [
                    models.UniqueConstraint(fields=("narrower", "broader"), name="theme_broader_once"),
                    models.CheckConstraint(
                        condition=models.Q(("narrower", models.F("broader")), _negated=True),
                        name="theme_broader_other",
                        violation_error_message="A theme cannot be broader than itself.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ThemeMatch",
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
                    "relation",
                    models.CharField(
                        choices=[
                            ("exact", "exact match"),
                            ("close", "close match"),
                            ("broad", "broader match"),
                            ("narrow", "narrower match"),
                        ],
                        default="close",
                        max_length=10,
                        verbose_name="relation",
                    ),
                ),
                (
                    "uri",
                    models.URLField(
                        help_text="as the vocabulary itself gives it: http://metadata.un.org/sdg/11",
                        max_length=500,
                        validators=[django.core.validators.URLValidator(["http", "https"])],
                        verbose_name="address of the concept (URI)",
                    ),
                ),
                ("label", models.CharField(max_length=200, verbose_name="its name there")),
                (
                    "scheme",
                    models.CharField(
                        help_text="EuroVoc, GEMET, Wikidata …", max_length=120, verbose_name="vocabulary"
                    ),
                ),
                ("reason", models.TextField(verbose_name="reason")),
                (
                    "theme",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="matches",
                        to="cases.theme",
                        verbose_name="theme",
                    ),
                ),
            ],
            options={
                "verbose_name": "match in another vocabulary",
                "verbose_name_plural": "matches in other vocabularies",
                "ordering": ["theme", "scheme", "label", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("theme", "uri"), name="theme_match_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("uri__startswith", "http://"), ("uri__startswith", "https://"), _connector="OR"
                        ),
                        name="theme_match_uri",
                        violation_error_message="Give the address of the concept: it begins with http:// or https://.",
                    ),
                ],
            },
        ),
    ]
