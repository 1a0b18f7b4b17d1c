"""What tests share."""

import gc
import os
import shutil
import tempfile
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation

from tests import kept
from tests.browser import pages

# How long an example takes says nothing on a busy machine; what must be quick has tests of its own.
hypothesis.settings.register_profile(
    "catalogue", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("catalogue")

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items):
    """Tests that read the real texts are left out, and say so, where the texts are not there."""
    if os.environ.get("SOURCES"):
        return
    skip = pytest.mark.skip(reason="needs the source texts: SOURCES=DIR")
    for item in items:
        if "needs_sources" in item.keywords:
            item.add_marker(skip)


def pytest_collection_finish():
    """What is there when the tests begin stays there to the end: the collector of garbage need not go through it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The tests' database. A thread of a live server may leave a connection behind: PostgreSQL drops none beside it."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )


@pytest.fixture
def sources_dir() -> Path:
    """The folder of the real source texts."""
    return Path(os.environ["SOURCES"])


@pytest.fixture
def catalogue(db):
    """The database with the committed fixtures loaded."""
    kept.load(lambda: call_command("load_catalogue", verbosity=0))


@pytest.fixture(scope="session")
def quick_folder(tmp_path_factory):
    """A folder in memory where the system has one: what is committed there waits for no disk."""
    memory = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it
    if not os.access(memory, os.W_OK):
        yield tmp_path_factory.mktemp("quick")
        return
    folder = Path(tempfile.mkdtemp(prefix="catalogue-tests-", dir=memory))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, quick_folder):
    """On SQLite the tests' database is a file, so that other threads and processes can work on it."""
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = f"tests-{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.sqlite3"
        database["TEST"]["NAME"] = str(quick_folder / name)


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path):
    """Pages link their files by plain names: nothing is collected for a test, nor are all files looked up before one
    is asked for, which every new client would do."""
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_AUTOREFRESH = True
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture
def open_page(plain_static_files):
    """Opens pages in a real browser: open_page("lin", 1280, javascript=False); for a reader: open_page("")."""
    with pages() as opened:
        yield opened


@pytest.fixture
def new_index(settings, quick_folder):
    """A function that gives an index of its own to what follows, made when it is first searched.

    For tests that turn back the database and go on: what was logged before is then no longer true.
    """
    folders = []

    def begin() -> Path:
        folders.append(Path(tempfile.mkdtemp(prefix="search-", dir=quick_folder)))
        settings.SEARCH_INDEX = folders[-1]
        return folders[-1]

    yield begin
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(autouse=True)
def index_of_its_own(settings, new_index):
    """Each test has an index of its own, true to what its transaction holds."""
    new_index()
    settings.SEARCH_IN_TRANSACTIONS = True
    settings.SEARCH_IN_BACKGROUND = False
    settings.IMPORTS_IN_BACKGROUND = False


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Passwords are stored by a way that takes no time; the one that takes long is for those who guess."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def package_of_its_own(settings, tmp_path):
    """Each test has a folder of its own for the data package."""
    settings.PACKAGE_FOLDER = tmp_path / "package"


@pytest.fixture(autouse=True)
def no_kept_pages(settings):
    """Every request makes its page anew, so that a test can look at what it was made of."""
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}


@pytest.fixture(autouse=True)
def nothing_published_by_itself(monkeypatch):
    """No request looks for what is due, which would be queries that a test did not ask for."""
    monkeypatch.setattr("records.schedule.PAUSE", float("inf"))
    monkeypatch.setattr("records.schedule._looked", 0.0)


@pytest.fixture(autouse=True)
def default_language():
    """A page asked for in Chinese leaves its language behind: the next test starts without it."""
    translation.deactivate()
