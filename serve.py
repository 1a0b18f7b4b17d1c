"""`make run`: bring the database up to date, load the fixtures, and serve the catalogue. Safe to repeat."""

import os
import socket
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import OperationalError

HERE = Path(__file__).resolve().parent


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def prepare(texts: str) -> None:
    """Database, data, attached texts (from the folder `texts`, if one is named), static files."""
    say("Bringing the database up to date ...")
    call_command("migrate", verbosity=0)
    say("Loading the catalogue's data (what a curator changed is kept) ...")
    call_command("load_catalogue")
    if texts:
        say(f"Attaching the full source texts from {texts} ...")
        call_command("attach_texts", texts)
    say("Bringing the search index up to date ...")
    call_command("search_index")
    say("Deleting what of nominations and error reports need not be kept ...")
    call_command("forget_nominations")
    say("Collecting static files ...")
    call_command("collectstatic", interactive=False, verbosity=0)


def refuse_taken(port: int) -> None:
    """Stops before anything is done where the port is in use."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(f"Port {port} is in use: choose another with PORT=8080, for example.")


def server_command(port: str) -> list[str]:
    """The production server on that port."""
    server = [sys.executable, "-m", "gunicorn", "catalogue.wsgi", "--chdir", str(HERE)]
    server += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    server += ["--no-control-socket", "--log-level", "warning"]
    # However long a query is, the page itself says so; the server would only show an error of its own.
    return [*server, "--limit-request-line", "0"]


def where_to_go(port: str) -> str:
    """What the operator reads once everything is ready."""
    lines = [
        "",
        f"The catalogue: http://127.0.0.1:{port}/   (Ctrl-C stops it)",
        f"Staff pages:   http://127.0.0.1:{port}/admin/",
        f"A staff account is made by:  {Path(sys.executable)} manage.py createsuperuser",
    ]
    if not os.environ.get("OPERATOR_EMAIL"):
        lines.append(
            f"Readers are told to report errors to {settings.OPERATOR_EMAIL}: set OPERATOR_EMAIL to your own address."
        )
    return "\n".join([*lines, ""])


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "catalogue.settings")
    port = os.environ.get("PORT") or "8000"
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT={port} is not a port: give a number from 1 to 65535.")
    refuse_taken(int(port))
    try:
        django.setup()
    except ImproperlyConfigured as error:
        sys.exit(f"Stopped: a setting is not right (docs/settings.md). {error}")
    try:
        prepare(os.environ.get("TEXTS", ""))
    except CommandError as error:
        sys.exit(f"Stopped: {error}")
    except OperationalError as error:
        sys.exit(f"Stopped: the database that DATABASE_URL names cannot be used. {error}")
    say(where_to_go(port))
    os.execv(sys.executable, server_command(port))  # noqa: S606 - the same interpreter, fixed arguments


if __name__ == "__main__":
    main()
