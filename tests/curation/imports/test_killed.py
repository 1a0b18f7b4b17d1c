"""An import whose process is killed at any point was done whole or not at all, and can be done then."""

import http.client
import subprocess
import sys
import time
from datetime import timedelta
from itertools import chain, takewhile
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.utils import timezone

from cases.models import Initiative, InitiativeTheme
from curation.imports.models import Import
from records.operations import Change, Operation
from records.plain import plain
from records.reverting import undo
from search.engine import Wanted
from search.service import Service, service
from tests import factories as make
from tests.curation.imports import flow
from tests.search.processes import ROOT, environment, start
from tests.staff import WHY

pytestmark = pytest.mark.django_db(transaction=True)

SERVER = """
from wsgiref.simple_server import make_server
from django.core.wsgi import get_wsgi_application
server = make_server("127.0.0.1", 0, get_wsgi_application())
say(server.server_port)
server.serve_forever()
"""


class List:
    """A list of new cases and of ones that readers see, whose summaries it changes; each gets a theme."""

    def __init__(self, rows):
        self.rows, self.there = rows, rows // 3
        self.source = make.make_source("list")
        city, programme = make.make_city("Tartu"), make.make_programme()
        make.make_theme("Housing")
        Initiative.objects.bulk_create(
            Initiative(
                slug=f"tartu-case-{n}",
                title=f"Case {n}",
                city=city,
                programme=programme,
                summary="A park.",
                state=make.PUBLISHED,
            )
            for n in range(self.there)
        )
        self.columns = {
            "programme": programme.slug,
            "city": "tartu",
            "themes": "housing",
            "theme_reason": "So.",
        }
        self.text = "title,summary\n" + "".join(f"Case {n},A zeppelin.\n" for n in range(rows))
        self.before = self.state()

    @staticmethod
    def state():
        rows = [*Initiative.objects.order_by("pk"), *InitiativeTheme.objects.order_by("pk")]
        return [plain(row) for row in rows]

    def happened(self) -> bool:
        """Whether it was imported; all of it then, as the tables, the history, the import and the search say alike."""
        now = Initiative.objects.filter(summary="A zeppelin.")
        done = Operation.objects.filter(kind=Operation.Kind.IMPORT, undone_by=None)
        counts = (
            now.count(),
            InitiativeTheme.objects.count(),
            # What the source checks noted of it, in the same operation, is theirs to test.
            Change.objects.filter(operation__in=done).exclude(model__startswith="notes.").count(),
        )
        job = Import.objects.first()
        here = Service(service().store.folder)
        found = here.snapshot().find(Wanted(("case",), ("zeppelin",)))
        public = now.public().values_list("pk", flat=True)
        assert sorted(id for id, _score in found.best(0, 1000)) == sorted(public)
        if not now.exists():
            assert counts == (0, 0, 0) and not done.exists() and self.state() == self.before
            assert job.state == Import.State.CONFIRMING and job.operation is None
            return False
        assert counts == (self.rows, self.rows, 2 * self.rows) and len(public) == self.there
        assert job.state == Import.State.DONE and [job.operation] == list(done)
        return True

    def done_now(self, client) -> None:
        """What was killed is done after all, from its page; then all is taken back, for the next."""
        job = Import.objects.first()
        if job.state != Import.State.DONE:
            Import.objects.filter(pk=job.pk).update(alive_at=timezone.now() - timedelta(hours=1))
            for act in ("again", "plan", "confirm"):
                said = {f"column-{ours}": "=" for ours in self.columns} | {
                    "column-title": 0,
                    "column-summary": 1,
                }
                flow.act(client, job, act, **said, **{f"value-{k}": v for k, v in self.columns.items()})
            assert self.happened()
        undo(Import.objects.first().operation, None, "")
        assert self.state() == self.before


@pytest.fixture
def curator(client):
    client.force_login(User.objects.create_superuser("lin"))
    return client


def until(says, seconds=30):
    """Waits until something holds."""
    end = time.monotonic() + seconds
    while not says():
        assert time.monotonic() < end
        time.sleep(0.005)


def others() -> int:
    """The connections that others have to the database: a server notices late that a process has gone."""
    if connection.vendor != "postgresql":
        return 0
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return cursor.fetchone()[0]


def kill(process, known) -> None:
    process.kill()
    process.communicate()
    until(lambda: others() <= known)


def killed_at_each_point(listed, begin, client, parts) -> None:
    """Kills one after each of these parts of the time that a whole one takes.

    `begin` gives a process that has just begun to confirm, and what tells whether it is through.
    """
    known = others()
    process, ended = begin()
    began = time.monotonic()
    until(ended)
    whole = time.monotonic() - began
    kill(process, known)
    assert listed.happened()
    listed.done_now(client)
    # The first of them may have been slow, where others were at work: then sooner too.
    happened, sooner = [], (min(parts) / 2**times for times in range(1, 7))
    for part in chain(parts, takewhile(lambda _part: False not in happened, sooner)):
        process, _ended = begin()
        time.sleep(part * whole)
        kill(process, known)
        happened.append(listed.happened())
        listed.done_now(client)
    assert False in happened  # some were in the midst of it


def test_a_command_killed_at_any_point(curator, tmp_path):
    listed = List(150)
    path = tmp_path / "list.csv"
    path.write_text(listed.text)
    said = [f"--map=={value}={ours}" for ours, value in listed.columns.items()]

    def begin():
        command = ["-u", "manage.py", "import_records", "cases", str(path), "--source=list", "--yes", *said]
        process = subprocess.Popen(
            [sys.executable, *command], env=environment(), cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        while not process.stdout.readline().startswith("refused"):  # the last of the preview
            assert process.poll() is None
        return process, lambda: process.poll() is not None

    killed_at_each_point(listed, begin, curator, (0.2, 0.6, 0.75, 0.85, 0.95))


def test_a_server_killed_at_any_point_while_it_works_beside_its_pages(curator):
    listed = List(420)  # more than a page waits for

    def begin():
        listed_by = flow.planned("cases", listed.text, listed.source, listed.columns)
        process = start(SERVER)
        server = http.client.HTTPConnection("127.0.0.1", int(process.stdout.readline()), timeout=30)
        token = "a" * 32
        cookies = f"sessionid={curator.cookies['sessionid'].value}; csrftoken={token}"
        body = urlencode({"act": "confirm", "csrfmiddlewaretoken": token, **WHY})
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        server.request("POST", flow.page(listed_by), body, headers)
        assert server.getresponse().status == 302
        server.close()
        state = Import.objects.filter(pk=listed_by.pk, state=Import.State.DONE)
        return process, state.exists

    killed_at_each_point(listed, begin, curator, (0.3, 0.7, 0.9))
