"""Processes of their own that work on the tests' database and on an index folder."""

import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
SETUP = """
import os, random, signal, sys, threading, time
import django
django.setup()
from django.conf import settings
from django.db import connection, transaction
from cases.models import Initiative
from search.engine import Wanted
from search.service import Building, service, snapshot
settings.SEARCH_IN_BACKGROUND = False

def found(*texts):
    for _ in range(1200):  # somebody else may be building
        try:
            state = snapshot()
            break
        except Building:
            time.sleep(0.1)
    hits = state.find(Wanted(("case",), texts))
    return sorted(id for id, _score in hits.best(0, 10_000))

def say(*words):
    print(*words, flush=True)
"""


def environment() -> dict[str, str]:
    """What leads a process to the tests' database and to the index of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "postgresql":
        url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()
    else:
        url = f"sqlite:///{name}"
    return {
        **os.environ,
        "DATABASE_URL": url,
        "SEARCH_INDEX": str(settings.SEARCH_INDEX),
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "catalogue.settings",
    }


def start(code: str, *arguments) -> subprocess.Popen:
    """A process that runs this after SETUP; what it says and is told goes through pipes."""
    return subprocess.Popen(
        [sys.executable, "-c", SETUP + code, *map(str, arguments)],
        env=environment(),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def run(code: str, *arguments, seconds: float = 240) -> list[str]:
    """The lines a process says; it must end well."""
    with start(code, *arguments) as process:
        try:
            said, _none = process.communicate(timeout=seconds)
        finally:
            process.kill()  # where it hangs; nothing where it has ended
    assert process.returncode == 0, said
    return said.splitlines()
