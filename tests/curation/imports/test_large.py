"""A list of 10,000 rows is previewed in a minute and in little memory, in a process of its own."""

import os
import re
import resource
import subprocess
import sys

from tests.search.processes import ROOT

ROWS, SECONDS, MEGABYTES = 10_000, 60, 300


def test_10_000_rows_are_previewed_within_a_minute_and_300_mb():
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(
        [sys.executable, "-m", "bench.imports", str(ROWS), "previewed"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "catalogue.settings"},
        capture_output=True,
        text=True,
        check=True,
        timeout=600,
    ).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert f"'new': {ROWS}" in said
    (peak,) = re.findall(r"previewed +[0-9.]+ s +([0-9]+) MB", said)
    assert int(peak) <= MEGABYTES
    # Of a processor's time, making the database included: others may be at work beside it.
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime <= SECONDS
