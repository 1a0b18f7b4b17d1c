"""Pictures of the running pages, for the README and for looking at: `make pictures`.

Serves the catalogue from a data folder of its own, drives Debian's Chromium, and writes docs/pictures/*.png.
With `--all DIR` every kind of page in every state goes to DIR, in both languages, both colour schemes and two widths.
With `--staff DIR` every page of staff, and the forms that readers send, in both languages and two widths; with
`--only PATTERN` those whose name has it, as in `--only "^case.*narrow-zh"`.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # started as a file, it looks at the tests' lists of pages
PORT = 8764
BASE = f"http://127.0.0.1:{PORT}"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
WIDTHS = {"wide": (1280, 900), "narrow": (360, 740)}
PAGES = {
    "home": "/",
    "cases": "/cases/?theme=urban-renewal&theme=public-space",
    "case": "/cases/xianning-child-friendly-routes-to-school/",
    "city": "/cities/dalian/",
    "map": "/map/",
    "compare": "/compare/?case=xiamen-yundang-lagoon-resilience&case=bijie-zhijin-water-environment",
}
README = [
    *(("home", "wide"), ("cases", "wide"), ("cases", "narrow"), ("case", "wide"), ("city", "wide")),
    *(("map", "wide"), ("compare", "wide")),
]
ACCOUNT = ("curator", "a-picture-passphrase-1")


def serve(folder: str) -> subprocess.Popen:
    """The catalogue on PORT with a database of its own in `folder`; returns when it answers."""
    env = {**os.environ, "CATALOGUE_VAR": folder, "PORT": str(PORT), "DATABASE_URL": ""}
    make_account = [
        sys.executable,
        "manage.py",
        "createsuperuser",
        "--noinput",
        "--email",
        "curator@localhost",
    ]
    server = subprocess.Popen([sys.executable, "serve.py"], cwd=ROOT, env=env)
    for _ in range(120):
        try:
            urllib.request.urlopen(BASE, timeout=2)
            break
        except OSError:
            time.sleep(0.5)
    account = {"DJANGO_SUPERUSER_USERNAME": ACCOUNT[0], "DJANGO_SUPERUSER_PASSWORD": ACCOUNT[1]}
    subprocess.run(make_account, cwd=ROOT, env={**env, **account}, check=True)
    # What the committed data has none of: a case withdrawn from readers, nominations at each step.
    subprocess.run([sys.executable, "-m", "tests.browsing.world"], cwd=ROOT, env=env, check=True)
    return server


def take(page: Page, address: str, path: Path, whole: bool) -> None:
    page.goto(BASE + address)
    page.screenshot(path=path, full_page=whole)


def log_in(page: Page) -> None:
    page.goto(f"{BASE}/admin/login/?next=/admin/")
    page.fill("[name=username]", ACCOUNT[0])
    page.fill("[name=password]", ACCOUNT[1])
    page.click("[type=submit]")


def for_readme(browser, folder: Path) -> None:
    for name, width in README:
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        page = browser.new_page(viewport=size)
        take(page, PAGES[name], folder / f"{name}-{width}.png", whole=False)
        page.close()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    log_in(page)
    take(page, "/admin/cases/initiative/", folder / "admin-cases.png", whole=False)
    page.click("#result_list tbody tr:first-child th a")
    page.wait_for_selector(".submit-row")
    page.screenshot(path=folder / "admin-case.png")


def every_page(browser, folder: Path, only: str) -> None:
    """Each stop of the readers' pages (tests/browsing/places.py) as a whole page; one that fails is told of."""
    from tests.browsing import places

    looks = [(width, scheme) for width in WIDTHS for scheme in ("light", "dark")]
    for width, scheme in looks:
        size = dict(zip(("width", "height"), WIDTHS[width], strict=True))
        context = browser.new_context(viewport=size, color_scheme=scheme, base_url=BASE)
        for language, prefix in places.LANGUAGES.items():
            for stop in places.every(BASE):
                name = f"{stop.name}-{width}-{scheme}-{language}"
                if not re.search(only, name):
                    continue
                page = context.new_page()
                page.set_default_timeout(10_000)
                try:
                    page.goto(prefix + stop.path)
                    stop.act(page)
                    page.screenshot(path=folder / f"{name}.png", full_page=True)
                except PlaywrightError as error:
                    sys.stderr.write(f"{name}: {error}\n")
                page.close()
        context.close()


def every_staff_page(browser, folder: Path, only: str, tour: list, session: dict) -> None:
    """Each stop of the tour as whole pages; one that cannot be reached is told, and the others are taken."""
    for width, (w, h) in WIDTHS.items():
        for prefix, language in (("", "en"), ("/zh-hans", "zh")):
            people = {True: browser.new_context(viewport={"width": w, "height": h}, base_url=BASE)}
            people[False] = browser.new_context(viewport={"width": w, "height": h}, base_url=BASE)
            people[True].add_cookies([session])
            for stop in tour:
                name = f"{stop.name}-{width}-{language}"
                if not re.search(only, name):
                    continue
                page = people[bool(stop.who)].new_page()
                page.set_default_timeout(10_000)
                try:
                    page.goto(prefix + stop.path)
                    stop.act(page)
                    # A window as high as the page: what stays at its foot is then at the foot of the page.
                    whole = page.evaluate("document.documentElement.scrollHeight")
                    page.set_viewport_size({"width": w, "height": max(h, min(whole, 8_000))})
                    page.screenshot(path=folder / f"{name}.png")
                except PlaywrightError as error:
                    sys.stderr.write(f"{name}: {error}\n")
                page.close()


def staff_tour(folder: str) -> tuple[list, dict]:
    """The tour of the staff pages over the served database, and the cookie of somebody who may see them all."""
    import django

    os.environ |= {
        "CATALOGUE_VAR": folder,
        "DATABASE_URL": "",
        "DJANGO_SETTINGS_MODULE": "catalogue.settings",
    }
    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    from tests import tour

    tour.prepare()
    client = Client()
    client.force_login(User.objects.get(username=tour.STAFF))
    session = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": BASE}
    return tour.stops(), session


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--all", type=Path, metavar="DIR", help="every page, both languages, schemes, widths")
    parser.add_argument("--staff", type=Path, metavar="DIR", help="every page of staff")
    parser.add_argument("--only", default="", metavar="PATTERN", help="of those, the ones whose name has it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as data:
        server = serve(data)
        try:
            # Before the browser: its driver runs a loop in this thread, which Django takes for asynchronous code.
            tour = staff_tour(data) if options.staff else None
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
                if options.all:
                    options.all.mkdir(parents=True, exist_ok=True)
                    every_page(browser, options.all, options.only)
                elif tour:
                    options.staff.mkdir(parents=True, exist_ok=True)
                    every_staff_page(browser, options.staff, options.only, *tour)
                else:
                    for_readme(browser, ROOT / "docs" / "pictures")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
