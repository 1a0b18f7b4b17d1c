"""Lighthouse, mobile profile, on the pages of readers: `make lighthouse`. Needs Node, Chromium; writes lighthouse.json.

Lighthouse itself is fetched by npx, in the version named here, and asked for nothing but the four categories. The
catalogue is served with its committed data as `make run` serves it. Of several rounds the median counts.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from datetime import date
from pathlib import Path

from bench.servers import free_port
from bench.setting import HERE, ROOT, say

VERSION = "12.8.2"
ROUNDS = int(os.environ.get("ROUNDS", "3"))
GOALS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
_CASES = ("xianning-child-friendly-routes-to-school", "dalian-zhongshan-grid-governance")
PAGES = {
    "home": "/",
    "list": "/cases/",
    "search": "/search/?q=water",
    "case": f"/cases/{_CASES[0]}/",
    "city": "/cities/dalian/",
    "declaration": "/declarations/ningbo-initiative/",
    "crosswalk": "/crosswalk/",
    "outcomes": "/outcomes/",
    "compare": f"/compare/?case={_CASES[0]}&case={_CASES[1]}",
    "map": "/map/",
    "charts": "/charts/",
    "list in Chinese": "/zh-hans/cases/",
}
_FLAGS = "--headless=new --no-sandbox --disable-gpu"


TRIES = 3


def serve(folder: str, port: int) -> subprocess.Popen:
    """The catalogue with its committed data, in an empty folder; returns when it answers."""
    env = {**os.environ, "CATALOGUE_VAR": folder, "PORT": str(port), "DATABASE_URL": ""}
    server = subprocess.Popen([sys.executable, "serve.py"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    for _second in range(240):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5).close()
            return server
        except OSError:
            time.sleep(0.5)
    server.terminate()
    raise SystemExit("The catalogue did not come up.")


def judged(address: str, folder: Path) -> dict:
    """Scores out of 100 by category, layout shift, bytes over the wire, and which audits found something."""
    out = folder / "report.json"
    command = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--form-factor=mobile"]
    command += [f"--only-categories={','.join(GOALS)}", "--output=json", f"--output-path={out}"]
    chromium = {"CHROME_PATH": os.environ.get("CHROMIUM", "/usr/bin/chromium")}
    for _try in range(TRIES):  # a browser that did not come up has judged nothing
        done = subprocess.run([*command, f"--chrome-flags={_FLAGS}"], env={**os.environ, **chromium})
        if done.returncode == 0:
            break
    else:
        raise SystemExit(f"Lighthouse failed {TRIES} times at {address}.")
    report = json.loads(out.read_text(encoding="utf-8"))
    audits = report["audits"]
    found = {name: round(100 * each["score"]) for name, each in report["categories"].items()}
    found["layout-shift"] = audits["cumulative-layout-shift"]["numericValue"]
    found["bytes"] = audits["total-byte-weight"]["numericValue"]
    found["failed"] = [
        ref["id"]
        for name, each in report["categories"].items()
        for ref in each["auditRefs"]
        if name != "performance" and ref["weight"] and audits[ref["id"]]["score"] not in (None, 1)
    ]
    return found


def main() -> int:
    """Measures every page; 1 where a goal is missed."""
    if shutil.which("npx") is None:
        raise SystemExit("Lighthouse needs Node: npx is missing.")
    rows = {}
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        server = serve(folder, port)
        try:
            for name, path in PAGES.items():
                rounds = [judged(f"http://127.0.0.1:{port}{path}", Path(folder)) for _round in range(ROUNDS)]
                rows[name] = {
                    "path": path,
                    "failed": sorted({each for one in rounds for each in one["failed"]}),
                }
                for key in (*GOALS, "layout-shift", "bytes"):
                    rows[name][key] = statistics.median(one[key] for one in rounds)
                said = ", ".join(f"{each} {rows[name][each]:g}" for each in (*GOALS, "layout-shift", "bytes"))
                say(f"{name:16} {said} {' '.join(rows[name]['failed'])}")
        finally:
            server.terminate()
            server.wait()
    told = {"lighthouse": VERSION, "measured": str(date.today()), "rounds": ROUNDS, "pages": rows}
    (HERE / "lighthouse.json").write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    missed = [(n, goal) for n, row in rows.items() for goal, least in GOALS.items() if row[goal] < least]
    for name, goal in missed:
        say(f"Below its goal: {name}, {goal} {rows[name][goal]:g}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
