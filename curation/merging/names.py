"""What is particular to each kind that can be merged: its names, what is chosen together, what is never chosen."""

from dataclasses import dataclass

from cases.models import Organisation, Place
from cities.models import City
from records.models import Publishable, Record


@dataclass(frozen=True)
class Naming:
    """`names` are its name fields, `further` the field with all others, one a line; `together` what goes as one."""

    names: tuple[str, ...]
    further: str
    together: tuple[tuple[str, ...], ...] = ()


NAMINGS: dict[type[Record], Naming] = {
    City: Naming(
        ("name", "name_local"),
        "other_names",
        (("latitude", "longitude", "place_source", "place_id"), ("divisions", "divisions_source")),
    ),
    Organisation: Naming(("name",), "variants"),
    Place: Naming(("name",), "variants"),
}
# Stays with the record that stays: its address, where it stands, and what the catalogue sets by itself.
_STAYING = ("slug", "state", "hidden", "created_at", "updated_at", *Publishable.workflow_fields)


def every_name(record: Record) -> list[str]:
    """All names of a record, each once."""
    naming = NAMINGS[type(record)]
    lines = getattr(record, naming.further).splitlines()
    names = [getattr(record, name) for name in naming.names] + lines
    return list(dict.fromkeys(name.strip() for name in names if name.strip()))


def join_names(kept: Record, names: list[str]) -> None:
    """Gives a record, as its further names, all of `names` that are not names of its own already."""
    naming = NAMINGS[type(kept)]
    own = {getattr(kept, name) for name in naming.names}
    setattr(kept, naming.further, "\n".join(name for name in dict.fromkeys(names) if name not in own))


def choosable(model: type[Record]) -> list[tuple[str, ...]]:
    """The fields whose value can be chosen from either record, what goes together as one entry."""
    naming = NAMINGS[model]
    grouped = {name for group in naming.together for name in group}
    passed_by = {*_STAYING, naming.further, model._meta.pk.name, *grouped}
    single = [(field.name,) for field in model._meta.concrete_fields if field.name not in passed_by]
    return [*single, *naming.together]
