"""Targets get the city of their plan and a unit of the vocabulary; what was noted of them by their old name follows.

By itself: PostgreSQL changes no table in a transaction that wrote to it.
"""

import hashlib
import json
from decimal import Decimal

from django.db import migrations

# Two texts that the loaded plan had are units of the vocabulary; each as units.toml has it.
CALLED = {"percent of schools": "%", "international schools": "number", "": "number"}
KNOWN = {
    "%": {"name": "per cent", "name_zh": "百分比", "kind": "share"},
    "number": {"name": "things counted", "name_zh": "个数", "kind": "count"},
}
_PLAIN = ("first_line", "last_line", "printed", "key", "target", "due", "due_as_printed", "qualifier")


def fill(apps, schema_editor):
    """Cities, units, and the notes of the loader, so that what nobody edited does not look edited."""
    Target = apps.get_model("cases", "Target")
    Loaded = apps.get_model("records", "LoadedRecord")
    marks = {mark.object_id: mark for mark in Loaded.objects.filter(model="cities.target")}
    for target in Target.objects.select_related("plan__city", "source"):
        mark = marks.get(target.pk)
        keys = {name: _key(Loaded, name, getattr(target, name)) for name in ("plan", "source")}
        keys["city"] = _key(Loaded, "city", target.plan.city)
        is_as_loaded = mark and mark.digest == _digest(_old(target, keys))
        target.city = target.plan.city
        if target.unit_text or target.value is not None:
            target.unit = _unit(apps, target.unit_text)
        target.save(update_fields=["city", "unit"])
        if is_as_loaded:
            mark.digest = _digest(_new(target, keys))
    for mark in marks.values():
        *plan, key = json.loads(mark.key)
        mark.model, mark.key = "cases.target", json.dumps([*plan, None, key], ensure_ascii=False)
        mark.save()


def _unit(apps, text):
    code = CALLED.get(text, text)
    defaults = KNOWN.get(code, {"name": code, "kind": "other"})
    return apps.get_model("cases", "Unit").objects.get_or_create(code=code, defaults=defaults)[0]


def _key(Loaded, name, record):
    """The natural key of a record as the loader wrote it down."""
    if record is None:
        return None
    model = {"plan": "cities.plan", "source": "sources.source", "city": "cities.city"}[name]
    mark = Loaded.objects.filter(model=model, object_id=record.pk).first()
    return json.loads(mark.key) if mark else [record.slug]


def _common(target, keys):
    values = {name: getattr(target, name) for name in _PLAIN}
    values = {name: each.strip() if isinstance(each, str) else each for name, each in values.items()}
    if target.value is not None:
        values["value"] = format(Decimal(target.value).normalize() + 0, "f")
    return values | {"plan": keys["plan"], "source": keys["source"]}


def _old(target, keys):
    return _common(target, keys) | {"unit": target.unit_text}


def _new(target, keys):
    return _common(target, keys) | {"city": keys["city"], "unit": [target.unit.code] if target.unit else None}


def _digest(values):
    """As the loader reckons it (records/loading/values.py): what is empty is left out."""
    values = {name: value for name, value in values.items() if value not in ("", None)}
    text = json.dumps(values, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def rename_kind(apps, schema_editor):
    """The rights to targets, and the log of what staff did to them, stay theirs."""
    ContentType = apps.get_model("contenttypes", "ContentType")
    old = ContentType.objects.filter(app_label="cities", model="target")
    if old.exists():
        ContentType.objects.filter(app_label="cases", model="target").delete()
        old.update(app_label="cases")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0009_targets"),
        ("records", "0001_initial"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(rename_kind, migrations.RunPython.noop),
    ]
