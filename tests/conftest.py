"""What tests share."""

import os
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import translation

ROOT = Path(__file__).resolve().parent.parent


def pytest_collection_modifyitems(items):
    """Tests that read the real texts are left out, and say so, where the texts are not there."""
    if os.environ.get("SOURCES"):
        return
    skip = pytest.mark.skip(reason="needs the source texts: SOURCES=DIR")
    for item in items:
        if "needs_sources" in item.keywords:
            item.add_marker(skip)


@pytest.fixture
def sources_dir() -> Path:
    """The folder of the real source texts."""
    return Path(os.environ["SOURCES"])


@pytest.fixture
def catalogue(db):
    """The database with the committed fixtures loaded."""
    call_command("load_catalogue", verbosity=0)


@pytest.fixture(autouse=True)
def plain_static_files(settings, tmp_path):
    """Pages link their files by plain names: nothing is collected for a test."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


@pytest.fixture(autouse=True)
def index_of_its_own(settings, tmp_path):
    """Each test has an index of its own, made when it first searches, true to what its transaction holds."""
    settings.SEARCH_INDEX = tmp_path / "search"
    settings.SEARCH_IN_TRANSACTIONS = True
    settings.SEARCH_IN_BACKGROUND = False


@pytest.fixture(autouse=True)
def default_language():
    """A page asked for in Chinese leaves its language behind: the next test starts without it."""
    translation.deactivate()
