"""Loads in processes of their own: two at once double nothing, a killed one leaves nothing, 10,000 records
go in.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.db import connection

from records.loading import load
from tests.records import seeds

ROOT = Path(__file__).resolve().parents[2]
CODE = """
import sys, django; django.setup()
from pathlib import Path
from django.core.management import call_command
from records.loading import loader
if sys.argv[2:]:
    import time
    loader._Load._hide_what_is_gone = lambda self: (print("written", flush=True), time.sleep(60))
call_command("load_catalogue", fixtures=Path(sys.argv[1]))
"""

MIGRATE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
"""


@pytest.fixture
def database(transactional_db, tmp_path):
    """The environment for a process that works on a database of its own (SQLite) or on the tests'
    (PostgreSQL).
    """
    if connection.vendor == "postgresql":
        url = (
            urlsplit(os.environ["DATABASE_URL"])
            ._replace(path=f"/{connection.settings_dict['NAME']}")
            .geturl()
        )
        return {**os.environ, "DATABASE_URL": url}
    url = f"sqlite:///{tmp_path / 'own.sqlite3'}"
    env = {**os.environ, "DATABASE_URL": url}
    subprocess.run([sys.executable, "-c", MIGRATE], env=env, cwd=ROOT, check=True)
    return env


def start(env, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", CODE, *map(str, arguments)],
        env=env,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )


def count(env, model):
    code = f"import django; django.setup(); from cases.models import {model} as m; print(m.objects.count())"
    done = subprocess.run(
        [sys.executable, "-c", code], env=env, cwd=ROOT, check=True, capture_output=True, text=True
    )
    return int(done.stdout)


def test_two_loads_at_once_double_nothing(database, tmp_path):
    folder = tmp_path / "fixtures"
    folder.mkdir()
    seeds.write(folder, seeds.seed())
    said = [
        process.communicate(timeout=60)[0] for process in [start(database, folder), start(database, folder)]
    ]
    assert sorted(line.split("\n")[0] for line in said) == ["Loaded: 17 added", "Loaded: 17 unchanged"]
    assert count(database, "Section") == 3


def test_a_killed_load_leaves_nothing(database, tmp_path):
    folder = tmp_path / "fixtures"
    folder.mkdir()
    seeds.write(folder, seeds.seed())
    process = start(database, folder, "hang")
    assert process.stdout.readline() == "written\n"
    process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    process.stdout.close()
    assert count(database, "Section") == 0


@pytest.mark.django_db
def test_ten_thousand_records_in_reasonable_time(tmp_path):
    cases = [seeds.case(f"port-{n}", "port", f"Case {n}") for n in range(2000)]
    parts = [
        seeds.section(f"port-{n}", key, 1, 10)
        for n in range(2000)
        for key in ("abstract", "measures", "lessons", "outcomes")
    ]
    seeds.write(tmp_path, [*seeds.seed(), *cases, *parts])
    first = time.monotonic()
    load(tmp_path)
    second = time.monotonic()
    load(tmp_path)
    assert second - first < 90
    assert time.monotonic() - second < 20
