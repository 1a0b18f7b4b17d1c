"""A real browser for tests: staff signed in by name, on a live server. Left out where there is no Chromium."""

import gc
import importlib.util
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from pytest_django.live_server_helper import LiveServer

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
HAS_BROWSER = Path(CHROMIUM).exists() and importlib.util.find_spec("playwright") is not None
needs_browser = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not HAS_BROWSER, reason="needs Chromium: CHROMIUM=PATH"),
    # A browser opens connections ahead; the server drops those it never used, whenever that may be.
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@contextmanager
def pages() -> Iterator[Callable]:
    """Gives a function that opens a page for a person, signed in, made with every right where there is none:
    opened("lin", 1280, javascript=False); for a reader where the name is empty."""
    from playwright.sync_api import sync_playwright

    # The browser's driver runs a loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    # pytest-django's own server is made once, before a test's settings of static files hold.
    server = LiveServer("localhost")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])

        def opened(name: str, width: int = 1280, javascript: bool = True):
            context = browser.new_context(
                viewport={"width": width, "height": 900}, base_url=server.url, java_script_enabled=javascript
            )
            if name:
                user = User.objects.filter(username=name).first() or User.objects.create_superuser(name)
                client = Client()
                client.force_login(user)
                value = client.cookies[settings.SESSION_COOKIE_NAME].value
                context.add_cookies(
                    [{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": server.url}]
                )
            return context.new_page()

        yield opened
        browser.close()
    # They share the test's database connection: all must have ended before the test takes it back.
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
    server.stop()
    gc.collect()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
