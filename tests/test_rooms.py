"""The rooms stand in one order; nobody imports from a room above, nor within a room what imports it itself."""

import ast
from graphlib import CycleError, TopologicalSorter
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
# A list asks its rows of the queryset of a model, which has to stand beside the model; rows are read by the models.
ASKED_OF_A_MODEL = {
    ("cases.initiatives", "cases.cards"),
    ("cases.initiatives", "cases.rows"),
    ("cases.evidence", "cases.crosswalk.rows"),
    ("cases.outcomes", "cases.ledger.rows"),
}


def imports_of(path: Path) -> set[str]:
    """The first names of all modules a file imports, at any depth in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def modules_of(root: Path, room: str) -> dict[str, Path]:
    """Each module of a room by its name; a package by its own."""
    paths = (root / room).rglob("*.py")
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
    }


def imported_from(name: str, modules: dict[str, Path]) -> set[str]:
    """The others of these modules that one imports, wherever in it, for hints of types alone too."""
    path = modules[name]
    package = name.split(".") if path.name == "__init__.py" else name.split(".")[:-1]
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) + 1 - node.level] if node.level else []
            base = ".".join([*above, *filter(None, [node.module])])
            # `from a import b` is about the module a.b where there is one, and else about a.
            inside = {f"{base}.{alias.name}" for alias in node.names}
            found |= inside if inside <= modules.keys() else {base, *inside}
    return found & modules.keys() - {name}


def circle_in(root: Path, room: str, but: set[tuple[str, str]] = frozenset()) -> list[str]:
    """Modules of a room each of which imports the one before it, the first one again at the end; [] for none."""
    modules = modules_of(root, room)
    graph = {
        name: {each for each in imported_from(name, modules) if (name, each) not in but} for name in modules
    }
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return error.args[1]
    return []


@pytest.mark.parametrize("room", ORDER)
def test_a_room_imports_only_from_rooms_below_it(room):
    above = set(ORDER[ORDER.index(room) + 1 :])
    wrong = {
        f"{path.relative_to(ROOT)} imports {name}"
        for path in (ROOT / room).rglob("*.py")
        for name in imports_of(path) & above
    }
    assert not wrong


@pytest.mark.parametrize("room", ORDER)
def test_modules_of_a_room_do_not_import_each_other_in_a_circle(room):
    assert not circle_in(ROOT, room, but=ASKED_OF_A_MODEL)


@pytest.mark.parametrize("needed", sorted(ASKED_OF_A_MODEL))
def test_what_may_be_imported_in_a_circle_still_is(needed):
    assert circle_in(ROOT, needed[0].partition(".")[0], but=ASKED_OF_A_MODEL - {needed})


@pytest.mark.parametrize(
    "line",
    [
        "import room.low",
        "from room import low",
        "from room.low import thing",
        "from . import low",
        "from .low import thing",
        "def late():\n    from room.low import thing",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from room.low import Thing",
    ],
)
def test_a_circle_is_found_however_its_modules_are_imported(tmp_path, line):
    (tmp_path / "room").mkdir()
    (tmp_path / "room/__init__.py").touch()
    (tmp_path / "room/high.py").write_text(line)
    (tmp_path / "room/low.py").write_text("from room.between import other")
    (tmp_path / "room/between.py").write_text("")
    assert not circle_in(tmp_path, "room")
    (tmp_path / "room/between.py").write_text("from room import high")
    assert set(circle_in(tmp_path, "room")) == {"room.high", "room.low", "room.between"}


def test_listing_knows_no_subject_room():
    subject = {"sources", "cities", "declarations", "cases", "notes", "curation", "catalogue"}
    assert not {p for p in (ROOT / "listing").rglob("*.py") if imports_of(p) & subject}


def test_maps_know_no_django():
    assert not {p for p in (ROOT / "maps").rglob("*.py") if "django" in imports_of(p)}


def test_the_reader_knows_no_django():
    assert not {p for p in (ROOT / "sources/reading").rglob("*.py") if "django" in imports_of(p)}
