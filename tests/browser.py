"""A real browser for tests: staff signed in by name, on a live server."""

import gc
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
needs_browser = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="needs Chromium: CHROMIUM=PATH"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@contextmanager
def pages() -> Iterator[Callable]:
    """Gives a function that opens a page for a person, signed in, made with every right where there is none:
    opened("lin", 1280, javascript=False); for a reader where the name is empty."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
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
    for thread in threading.enumerate():
        if "process_request_thread" in thread.name:
            thread.join(timeout=10)
    server.stop()
    gc.collect()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
