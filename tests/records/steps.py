"""Steps that the tests of loading are made of."""

from django.core.management import call_command

from cases.models import Section
from tests.records import seeds


def keys(items):
    return {(item.model, item.key) for item in items}


def counted(report):
    return {name: count for name, count in report.counts().items() if count}


def changed_seed(model, where, **values):
    records = seeds.seed()
    seeds.pick(records, model, **where)["fields"].update(values)
    return records


def by_loaddata(folder):
    files = [folder / f"{room}.json" for room in ("sources", "cities", "declarations", "cases")]
    call_command("loaddata", *files, verbosity=0)


def section(key="measures", case="town-garden"):
    return Section.objects.get(initiative__slug=case, key=key)
