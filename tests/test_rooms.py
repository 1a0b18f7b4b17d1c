"""The rooms stand in one order; nobody imports from a room above."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = [
    "maps",
    "search",
    "records",
    "listing",
    "sources",
    "cities",
    "declarations",
    "cases",
    "notes",
    "curation",
    "catalogue",
]


def imports_of(path: Path) -> set[str]:
    """The first names of all modules a file imports, at any depth in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("room", ORDER)
def test_a_room_imports_only_from_rooms_below_it(room):
    above = set(ORDER[ORDER.index(room) + 1 :])
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imports_of(path) & above
    }
    assert not wrong


def test_listing_knows_no_subject_room():
    subject = {"sources", "cities", "declarations", "cases", "notes", "curation", "catalogue"}
    assert not {p for p in (ROOT / "listing").rglob("*.py") if imports_of(p) & subject}


def test_maps_know_no_django():
    assert not {p for p in (ROOT / "maps").rglob("*.py") if "django" in imports_of(p)}


def test_the_reader_knows_no_django():
    assert not {p for p in (ROOT / "sources/reading").rglob("*.py") if "django" in imports_of(p)}
