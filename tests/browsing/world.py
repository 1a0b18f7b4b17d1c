"""The catalogue as its readers meet it: the committed data, on the production server, in a folder of its own.

Run as a program (`python -m tests.browsing.world`), it adds what the committed data has none of: a case that was
withdrawn, and nominations at each step. A case withdrawn from readers is on no list: what is counted stays the same.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
WITHDRAWN = "dalian-withdrawn-from-readers"
LETTERS = {state: f"{state}-{'x' * 38}" for state in ("draft", "sent", "work", "declined")}
PATIENCE = 120  # seconds until a catalogue of nothing has its data and answers


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder: Path, port: int = 0) -> Iterator[str]:
    """Gives the address of a catalogue with its data, in an empty folder; it is stopped in the end."""
    port = port or free_port()
    texts = os.environ.get("SOURCES", "")
    env = {**os.environ, "CATALOGUE_VAR": str(folder), "PORT": str(port), "DATABASE_URL": "", "TEXTS": texts}
    # Mistakes of the tests' own settings are none of the server's.
    env.pop("DJANGO_SETTINGS_MODULE", None)
    base = f"http://127.0.0.1:{port}"
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, "serve.py"], cwd=ROOT, env=env, stdout=log, stderr=log)
    try:
        _wait(base, server, folder / "log")
        subprocess.run([sys.executable, "-m", "tests.browsing.world"], cwd=ROOT, env=env, check=True)
        yield base
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(base: str, server: subprocess.Popen, log: Path) -> None:
    """Waits until the server answers; what it said is told where it does not."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(f"{base}/robots.txt", timeout=5).close()  # noqa: S310 - our own
            return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The catalogue did not come up ({server.poll()}): {log.read_text()}")


def prepare() -> None:
    """A case withdrawn from readers, and a nomination at each step, in the database that the environment names."""
    from django.utils import timezone

    from cities.models import City
    from curation.nominations import drafts
    from tests.curation.nominations.sent import make_nomination
    from tests.factories import make_case

    make_case(
        "Withdrawn from readers",
        city=City.objects.get(slug="dalian"),
        slug=WITHDRAWN,
        state="withdrawn",
        withdrawn_at=timezone.now(),
    )
    for state, token in LETTERS.items():
        links = {"token_hash": drafts.hashed(token), "confirm_hash": drafts.hashed(f"confirm-{token}")}
        make_nomination(state, country="CN", **links)


if __name__ == "__main__":
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    django.setup()
    prepare()
