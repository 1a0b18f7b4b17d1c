from django.contrib.auth.management import create_permissions
from django.db import migrations

from curation import roles


def make_roles(apps, schema_editor):
    """The rights are there only after all migrations otherwise; the groups need them now."""
    for config in apps.get_app_configs():
        config.models_module = True
        create_permissions(config, apps=apps, verbosity=0, using=schema_editor.connection.alias)
        config.models_module = None
    roles.sync(apps, schema_editor.connection.alias)


class Migration(migrations.Migration):
    dependencies = [
        ("curation", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("cases", "0013_workflow"),
        ("cities", "0007_workflow"),
        ("declarations", "0003_workflow"),
        ("search", "0002_synonym_seeds"),
    ]
    operations = [
        migrations.CreateModel(
            name="Workflow",
            fields=[],
            options={
                "verbose_name": "workflow",
                "managed": False,
                "default_permissions": (),
                "permissions": [
                    ("publish_records", "Can publish, schedule and send back records"),
                    ("withdraw_records", "Can withdraw records and take them up again"),
                ],
            },
        ),
        migrations.RunPython(make_roles, migrations.RunPython.noop),
    ]
