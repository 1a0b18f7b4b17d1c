"""What outcomes had as text becomes units. By itself: PostgreSQL changes no table in a transaction that wrote to it."""

from django.db import migrations


def units_of_texts(apps, schema_editor):
    """A unit for each text that an outcome has, for a curator to name."""
    Outcome, Unit = (apps.get_model("cases", name) for name in ("Outcome", "Unit"))
    for text, unit in (("unit_text", "unit"), ("unit_alt_text", "unit_alt")):
        outcomes = Outcome.objects.exclude(**{text: ""})
        for code in set(outcomes.order_by().values_list(text, flat=True)):
            made, _new = Unit.objects.get_or_create(code=code, defaults={"name": code, "kind": "other"})
            outcomes.filter(**{text: code}).update(**{unit: made})


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_units")]

    operations = [migrations.RunPython(units_of_texts, migrations.RunPython.noop)]
