"""HEAD as the server that `make run` starts answers it."""

import socket
import subprocess
import time
from http.client import HTTPConnection

import pytest

import serve
from catalogue.head import without_body
from tests.everything import make_everything
from tests.search.processes import environment


@pytest.fixture
def server(tmp_path):
    """The port of a real server on the tests' database, and the file of its log."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (tmp_path / "static").mkdir()
    log = tmp_path / "log"
    env = {**environment(), "CATALOGUE_VAR": str(tmp_path), "SECRET_KEY": "for a test"}
    with log.open("wb") as written:
        process = subprocess.Popen(serve.server_command(str(port)), env=env, stdout=written, stderr=written)
    try:
        _wait(port, process)
        yield port, log
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server has ended"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")


def ask(port: int, method: str, address: str):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, address)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


@pytest.mark.django_db(transaction=True)
def test_head_gives_what_get_gives_without_its_body_and_the_server_has_nothing_to_complain_of(server):
    make_everything(1)
    port, log = server
    for address in ("/about/", "/cases/", "/cases.csv", "/cases.json", "/static/site.css"):
        got, body = ask(port, "GET", address)
        head, nothing = ask(port, "HEAD", address)
        assert (got.status, head.status) == (200, 200), address
        assert body and not nothing
        assert head.headers["Content-Type"] == got.headers["Content-Type"]
        assert head.headers["Content-Length"] == got.headers["Content-Length"]
    assert log.read_text() == ""


def test_what_makes_the_body_is_closed_and_nothing_of_it_is_asked_for():
    class Body:
        closed = False

        def __iter__(self):
            raise AssertionError("a body nobody reads is made")

        def close(self):
            self.closed = True

    body = Body()
    answered = without_body(lambda environ, start_response: body)
    assert list(answered({"REQUEST_METHOD": "HEAD"}, lambda *said: None)) == []
    assert body.closed
    assert answered({"REQUEST_METHOD": "GET"}, lambda *said: None) is body
