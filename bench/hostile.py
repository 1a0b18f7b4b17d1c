"""Input meant to hurt: each answered in good time, none an error of the server, no process lost."""

from __future__ import annotations

from urllib.parse import quote

from bench.measure import Results, heading, in_turn
from bench.questions import Question
from bench.servers import Server
from search.engine import Snapshot, Wanted


def inputs(common: str, second: str) -> dict[str, str]:
    """Texts by what is bad about them."""
    return {
        "10,000 characters of one word": "a" * 10_000,
        "10,000 characters of common words": (f"{common} {second} " * 1_000)[:10_000],
        "10,000 characters of different words": " ".join(f"{common}{n}" for n in range(1_000))[:10_000],
        "a phrase of 10,000 characters": '"' + (f"{common} {second} " * 1_000)[:9_998] + '"',
        "24 misspelt words": " ".join(f"{common[:5]}x{chr(97 + n)}" for n in range(24)),
        "64 misspelt words": " ".join(
            f"{common[:-1]}x{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(64)
        ),
        "3,000 nested brackets": "(" * 3_000 + common + ")" * 3_000,
        "unbalanced quotes": f'"{common} "{second} "" "',
        "operators": f"{common} AND OR NOT + - && || ! ^ ~ * ? : \\ / {second}",
        "field names": f"title:{common} key:1 note:* _all:[a TO z] {second}^9999",
        "control characters": f"{common}\x00\x01\x1b\x7f\u202e\ufeff{second}",
        "regular expression": "(a+)+$" + "a" * 60 + "!",
        "regular expression of repeats": "(.*)*" * 40 + "/.*.*.*.*=x/",
        "wildcards": "*" * 500 + "?" * 500,
        "other scripts": "мир 平和 שלום สวัสดี नमस्ते 🏙️ é" + "\u0301" * 50,
        "200 two-letter words": " ".join(chr(97 + n // 26) + chr(97 + n % 26) for n in range(200)),
        "broken bytes": "\ufffd\ud7ff\U0010ffff" + common,
        "all unwanted": " ".join(f"-{common}{n}" for n in range(60)) + f" -{common}",
    }


def measure(results: Results, asked: list[Question], ours: Server, snapshot: Snapshot) -> None:
    """Each against a query of one common word, by the page and by the engine alone, which has no limit of length."""
    common = next(question for question in asked if question.name == "common word")
    second = next(question for question in asked if question.name == "rarer word").text
    before = ours.workers()
    heading("Hostile input, page (other: a common word)")
    for name, text in inputs(common.text, second).items():
        path = "/cases/?q=" + quote(text)
        status, _body = ours.get(path)
        if status >= 500:
            raise RuntimeError(f"{name}: {status}")
        spent = in_turn(
            lambda path=path: ours.get(path), lambda: ours.get(common.path()), 3, 1, (ours.cpu, ours.cpu)
        )
        results.add(f"hostile, page: {name}", spent, goal="at most 3", is_cost=True)
    heading("Hostile input, engine (other: a common word)")
    for name, text in inputs(common.text, second).items():
        spent = in_turn(
            lambda text=text: _found(snapshot, text), lambda: _found(snapshot, common.text), rounds=3, warm=1
        )
        results.add(f"hostile, engine: {name}", spent, goal="at most 3", is_cost=True)
    if ours.workers() != before:
        raise RuntimeError("a serving process died")


def _found(snapshot: Snapshot, text: str) -> None:
    found = snapshot.find(Wanted(("case",), (text,)))
    found.count  # noqa: B018
    found.best(0, 20)
    found.near(0, 20)
    found.tallies(["city", "theme", "goal", "programme"])
