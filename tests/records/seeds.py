"""Small sets of fixtures for the tests of loading: records as dicts, written to a folder as JSON files."""

import copy
import json
from pathlib import Path

COLLECTION, TOWN, CASE = ["collection"], ["town"], ["town-garden"]


def record(model: str, **fields) -> dict:
    return {"model": model, "fields": fields}


def seed() -> list[dict]:
    """A source, two cities with figures, a programme, two themes, and two cases with parts."""
    return [
        record("sources.source", slug="collection", kind="award-collection", title="Collection",
               line_count=100),
        record("cities.city", slug="town", name="Town", country="CN", latitude="29.84347", longitude="114.3",
               state="published"),
        record("cities.city", slug="port", name="Port", country="CN", state="published"),
        record("cities.cityfigures", city=TOWN, source=COLLECTION, key="basic", scope="unlabelled",
               first_line=1, last_line=4),
        record("cities.figure", figures=[*TOWN, *COLLECTION, "basic"], name="area_km2", value="7434.40",
               printed="7434.40", source=COLLECTION, first_line=2, last_line=2),
        record("declarations.declaration", slug="promise", title="Promise", city=TOWN, state="published"),
        record("cases.programme", slug="award", name="Award", source=COLLECTION, line=3),
        record("cases.theme", slug="gardens", name="Gardens", definition="Green places."),
        record("cases.theme", slug="roads", name="Roads", definition="Ways to go."),
        case("town-garden", "town", "Garden of the town"),
        case("port-road", "port", "Road to the port"),
        section("town-garden", "abstract", 1, 10),
        section("town-garden", "measures", 2, 20),
        section("port-road", "abstract", 1, 40),
        record("cases.initiativetheme", initiative=CASE, theme=["gardens"], reason="It is one.", lines="12"),
        outcome("town-garden", "again", 14, repeats=["town-garden", "first"]),
        outcome("town-garden", "first", 13),
    ]  # fmt: skip


def case(slug: str, city: str, title: str, **fields) -> dict:
    basic = {"summary": f"About {title}.", "source": COLLECTION, "first_line": 10, "last_line": 30}
    return record(
        "cases.initiative",
        **{"slug": slug, "city": [city], "programme": ["award"], "title": title, "state": "published"}
        | basic
        | fields,
    )


def section(case_slug: str, key: str, position: int, line: int, **fields) -> dict:
    basic = {"heading": key.title(), "kind": key, "digest": f"What {key} says.\nMore."}
    place = {"source": COLLECTION, "first_line": line, "last_line": line + 5}
    return record(
        "cases.section",
        **{"initiative": [case_slug], "key": key, "position": position} | basic | place | fields,
    )


def outcome(case_slug: str, key: str, line: int, **fields) -> dict:
    basic = {"indicator": "trees", "value": "120.50", "status": "achieved", "printed": "120.50"}
    place = {"source": COLLECTION, "first_line": line, "last_line": line}
    return record("cases.outcome", **{"initiative": [case_slug], "key": key} | basic | place | fields)


def pick(records: list[dict], model: str, **fields) -> dict:
    """The one record of a list with these values."""
    (found,) = [
        each
        for each in records
        if each["model"] == model and all(each["fields"].get(name) == value for name, value in fields.items())
    ]
    return found


def without(records: list[dict], *models: str, **fields) -> list[dict]:
    """A copy of the list without the records of these models that have these values."""
    return [
        copy.deepcopy(each)
        for each in records
        if each["model"] not in models or any(each["fields"].get(k) != v for k, v in fields.items())
    ]


def write(folder: Path, records: list[dict]) -> Path:
    """Writes the records as fixtures, one file for each room, and removes what an earlier call wrote."""
    for path in folder.glob("*.json"):
        path.unlink()
    rooms = {each["model"].split(".")[0] for each in records}
    for room in rooms:
        own = [each for each in records if each["model"].startswith(f"{room}.")]
        (folder / f"{room}.json").write_text(json.dumps(own, ensure_ascii=False), encoding="utf-8")
    return folder
