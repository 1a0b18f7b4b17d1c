"""Servers that live as long as a measurement: ours as `make run` starts it, Datasette in its own environment."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.setting import HERE, ROOT, folder, say

DATASETTE = HERE / "datasette.txt"  # its pinned requirements
# It would rather give up than count for long; here it is let finish, and spared what ours does not do.
_SETTINGS = {
    "sql_time_limit_ms": 120_000,
    "facet_time_limit_ms": 120_000,
    "suggest_facets": "off",
    "max_csv_mb": 0,
    "allow_download": "off",
}


def free_port() -> int:
    """A port nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """A running server."""

    def __init__(self, process: subprocess.Popen, port: int):
        self.process, self.port = process, port
        self._kept: http.client.HTTPConnection | None = None

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body of an address, over one connection for as long as the server keeps it, as browsers do."""
        try:
            return self._asked(path)
        except (http.client.HTTPException, OSError):  # closed meanwhile: once more over a new one
            self.close()
            return self._asked(path)

    def _asked(self, path: str) -> tuple[int, bytes]:
        if self._kept is None:
            self._kept = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        self._kept.request("GET", path)
        answer = self._kept.getresponse()
        return answer.status, answer.read()

    def close(self) -> None:
        """Lets go of the connection, so that the next address may be answered by another worker."""
        if self._kept is not None:
            self._kept.close()
        self._kept = None

    def start_of(self, path: str, length: int = 300) -> str:
        """The first bytes of an answer; the rest is not read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=600)
        try:
            connection.request("GET", path)
            return connection.getresponse().read(length).decode(errors="replace")
        finally:
            connection.close()

    def drain(self, path: str) -> int:
        """Reads an address to its end and keeps nothing; gives its length."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=1_800)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            if answer.status != 200:
                raise RuntimeError(f"{path}: {answer.status}")
            length = 0
            while chunk := answer.read(1 << 16):
                length += len(chunk)
            return length
        finally:
            connection.close()

    def cpu(self) -> float:
        """Processor time of the server and its workers so far, in seconds."""
        spent = 0
        for process in (self.process.pid, *self.workers()):
            for thread in Path(f"/proc/{process}/task").glob("*/schedstat"):
                spent += int(thread.read_text().split()[0])
        return spent / 1e9

    def workers(self) -> list[int]:
        """The processes that answer."""
        path = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        return [int(number) for number in path.read_text().split()]


@contextmanager
def _running(command: list[str], port: int, probe: str, **env: str) -> Iterator[Server]:
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **env}, stdout=subprocess.DEVNULL, start_new_session=True
    )
    server = Server(process, port)
    try:
        _wait_for(server, probe)
        yield server
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _wait_for(server: Server, probe: str) -> None:
    until = time.monotonic() + 120
    while True:
        try:
            if server.get(probe)[0] == 200:
                return
        except OSError:
            pass
        if server.process.poll() is not None or time.monotonic() > until:
            raise RuntimeError(f"a server did not start: {server.process.args}")
        time.sleep(0.2)


@contextmanager
def ours(**settings: str) -> Iterator[Server]:
    """The production server, with these settings, over the database that this process is connected to."""
    from serve import server_command

    port = free_port()
    with _running(server_command(str(port)), port, "/cases/", **settings) as server:
        for _ in range(8):  # each worker opens the index at its first search
            server.get("/cases/")
            server.close()
        yield server


@contextmanager
def datasette(database: Path) -> Iterator[Server]:
    """Datasette over a database, in an environment that is made at first use."""
    home = folder("datasette-environment")
    python = home / "bin" / "python"
    if not (home / "ready").exists():
        say("Making an environment for Datasette ...")
        venv.create(home, with_pip=True, clear=True)
        install = [
            python,
            "-m",
            "pip",
            "install",
            "-qq",
            "--disable-pip-version-check",
            "--require-hashes",
            "-r",
            DATASETTE,
        ]
        subprocess.run(install, check=True)
        (home / "ready").touch()
    port = free_port()
    command = [str(python), "-m", "datasette", "serve", str(database), "-p", str(port)]
    for name, value in _SETTINGS.items():
        command += ["--setting", name, str(value)]
    with _running(command, port, "/-/versions.json", PYTHONPATH="") as server:
        yield server


def memory(process: int, which: str = "VmRSS") -> float:
    """Megabytes of a process now, or at most ("VmHWM")."""
    for line in Path(f"/proc/{process}/status").read_text().splitlines():
        if line.startswith(f"{which}:"):
            return int(line.split()[1]) / 1024
    return 0.0


def forget_peak(process: int) -> None:
    """Begins the measuring of the most memory anew."""
    Path(f"/proc/{process}/clear_refs").write_text("5")


if sys.platform != "linux":
    sys.exit("The bench reads memory from /proc: it runs on Linux only.")
