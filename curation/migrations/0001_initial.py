from django.db import migrations


class Migration(migrations.Migration):
    """The room begins without tables of its own."""

    initial = True
    dependencies = [
        ("records", "0002_operations"),
        ("cases", "0011_targets_of_cases"),
        ("notes", "0002_claims_a_note_names"),
    ]
    operations = []
