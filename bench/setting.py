"""Where a measurement runs: a folder of its own for each size, with its database and its index."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent


def say(text: str) -> None:
    """A line for whoever waits."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def folder(name: str) -> Path:
    """The folder for measurements of that name; BENCH_DIR says where they all lie."""
    return Path(os.environ.get("BENCH_DIR") or ROOT / "var" / "bench") / name


def postgres_address() -> str:
    """The database of a measurement on PostgreSQL (POSTGRES=1, with the address in DATABASE_URL); "" on SQLite."""
    return os.environ.get("DATABASE_URL", "") if os.environ.get("POSTGRES") else ""


def connect(path: Path, postgres: str = "") -> None:
    """Django on the database of that folder, or on the PostgreSQL at that address. Once in a process."""
    path.mkdir(parents=True, exist_ok=True)
    os.environ["CATALOGUE_VAR"] = str(path)
    os.environ["SEARCH_INDEX"] = str(path / "search")
    os.environ["DATABASE_URL"] = postgres or f"sqlite:///{path / 'catalogue.sqlite3'}"
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()


def prepare(cases: int, postgres: str = "", with_index: bool = True) -> Path:
    """Database, index and static files of so many cases, kept for the next run; on PostgreSQL all is new each time."""
    path = folder(f"{cases}-postgres" if postgres else str(cases))
    made = path / "made.json"
    wanted = {"cases": cases, "version": _generator_version()}
    if postgres or _read(made) != wanted:
        shutil.rmtree(path, ignore_errors=True)
    connect(path, postgres)
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    if not made.exists():
        from bench import generator

        say(f"Writing {cases:,} cases ...")
        started = time.monotonic()
        generator.fill(cases, say)
        say(f"  in {time.monotonic() - started:.0f} s")
        made.write_text(json.dumps(wanted), encoding="utf-8")
    if with_index:
        say("Bringing the index up to date ...")
        call_command("search_index")
    return path


def into_memory(path: Path) -> None:
    """Has the system read every file of a folder once, so that no side of what is measured waits for the disk."""
    for file in path.rglob("*"):
        if file.is_file():
            with file.open("rb", buffering=0) as held:
                while held.read(1 << 24):
                    pass


def _generator_version() -> int:
    line = next(
        line
        for line in (HERE / "generator.py").read_text(encoding="utf-8").splitlines()
        if line.startswith("VERSION")
    )
    return int(line.partition("=")[2].partition("#")[0])


def _read(path: Path) -> dict:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
