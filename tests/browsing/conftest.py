"""One server and one browser for all of these tests. Left out, with a word, where there is no Chromium."""

import pytest

from tests.browser import CHROMIUM, HAS_BROWSER
from tests.browsing.world import served

FLAGS = ["--no-sandbox", "--disable-gpu"]


def pytest_collection_modifyitems(items):
    """All of them on one worker, for they share a server; none without a browser."""
    for item in items:
        if __package__ not in item.module.__name__:
            continue
        item.add_marker(pytest.mark.xdist_group("browsing"))
        if not HAS_BROWSER:
            item.add_marker(pytest.mark.skip(reason="needs Chromium: CHROMIUM=PATH"))


@pytest.fixture(scope="session")
def base(tmp_path_factory) -> str:
    """The address of the catalogue with its committed data, on the server that `make run` starts."""
    with served(tmp_path_factory.mktemp("served")) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


@pytest.fixture
def open_reader(browser, base):
    """Opens a window as a reader has it: open_reader(width=360, color_scheme="dark"); closed when the test ends."""
    contexts = []

    def opened(width: int = 1280, height: int = 900, **more):
        more.setdefault("viewport", {"width": width, "height": height})
        contexts.append(browser.new_context(base_url=base, **more))
        return contexts[-1].new_page()

    yield opened
    for context in contexts:
        context.close()
