"""Input meant to hurt: each answered in good time, none an error of the server, no process lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from urllib.parse import quote

from bench.measure import Results, heading, in_turn
from bench.questions import vocabulary
from bench.servers import Server
from search.engine import Snapshot, Wanted
from search.understanding import FUNCTION_WORDS

ROUNDS = 4
_FACETS = ("city", "theme", "goal", "programme")


def inputs(words: Sequence[str]) -> dict[str, str]:
    """Texts by what is bad about them, made of the commonest words of the catalogue."""
    common, second = words[:2]
    return {
        "10,000 characters of one word": "a" * 10_000,
        "10,000 characters of common words": (f"{common} {second} " * 1_000)[:10_000],
        "10,000 characters of different words": " ".join(f"{common}{n}" for n in range(1_000))[:10_000],
        "10,000 characters of the commonest words": " ".join(words)[:10_000],
        "10,000 characters of known words in quotes": " ".join(f'"{word}"' for word in words)[:10_000],
        "10,000 Chinese characters": "城市创新海口湿地公园" * 1_000,
        "10,000 different Chinese characters": "".join(map(chr, range(0x4E00, 0x4E00 + 10_000))),
        "10,000 characters of another script": "парковая " * 1_111,
        "10,000 marks on one letter": "a" + "\u0301\u0316" * 4_999,
        "10,000 quotes": f"{common} " + '"' * 9_900,
        "a phrase of 10,000 characters": '"' + (f"{common} {second} " * 1_000)[:9_998] + '"',
        "32 phrases of the commonest words": " ".join(
            f'"{first} {then}"' for first, then in zip(words[:64:2], words[1:64:2], strict=True)
        ),
        "24 misspelt words": " ".join(f"{common[:5]}x{chr(97 + n)}" for n in range(24)),
        "64 misspelt words": " ".join(
            f"{common[:-1]}x{chr(97 + n % 26)}{chr(97 + n // 26)}" for n in range(64)
        ),
        "64 words with two slips each": " ".join(
            f"{word[:3]}{word[4:-2]}q{word[-1]}" for word in [word for word in words if len(word) > 7][:64]
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


def measure(results: Results, ours: Server, snapshot: Snapshot) -> None:
    """Each against a query of one common word, by the pages and by the engine alone. `ours` keeps no pages.

    Each round is made of other words and stands beside another of the hundred commonest ones, so that no answer was
    given before on either side.
    """
    words = _words(snapshot)
    rounds = [inputs(words[n:] + words[:n]) for n in range(ROUNDS)]
    before = ours.workers()
    for start, what in (("/cases/", "page"), ("/search/", "site-wide search")):
        heading(f"Hostile input, {what} (other: a common word)")
        common = iter(words)
        for name in rounds[0]:
            spent = in_turn(
                _each(partial(_fetch, ours), [f"{start}?q={quote(texts[name])}" for texts in rounds]),
                _each(partial(_fetch, ours), [f"{start}?q={next(common)}" for _ in range(ROUNDS)]),
                ROUNDS - 1,
                1,
                (ours.cpu, ours.cpu),
            )
            results.add(f"hostile, {what}: {name}", spent, goal="at most 3", is_cost=True)
    heading("Hostile input, engine (other: a common word)")
    common = iter(words)
    for name in rounds[0]:
        spent = in_turn(
            _each(partial(_found, snapshot), [texts[name] for texts in rounds]),
            _each(partial(_found, snapshot), [next(common) for _ in range(ROUNDS)]),
            ROUNDS - 1,
            1,
        )
        results.add(f"hostile, engine: {name}", spent, goal="at most 3", is_cost=True)
    if ours.workers() != before:
        raise RuntimeError("a serving process died")


def _each(ask: Callable[[str], None], texts: Sequence[str]) -> Callable[[], None]:
    """A function that asks for one after the other."""
    left = iter(texts)
    return lambda: ask(next(left))


def _fetch(ours: Server, path: str) -> None:
    status, _body = ours.get(path)
    if status != 200:
        raise RuntimeError(f"{path[:200]}: {status}")


def _words(snapshot: Snapshot) -> list[str]:
    """The commonest words of the catalogue, more than 10,000 characters of them."""
    held = [(count, word) for word, count in vocabulary(snapshot) if word.isascii() and word.isalpha()]
    return [word for _count, word in sorted(held, reverse=True) if word not in FUNCTION_WORDS][:2_000]


def _found(snapshot: Snapshot, text: str) -> None:
    _forget(snapshot)
    found = snapshot.find(Wanted(("case",), (text,)), _FACETS)
    found.count  # noqa: B018
    found.best(0, 20)
    found.near(0, 20)
    found.tallies(_FACETS)


def _forget(snapshot: Snapshot) -> None:
    """Leaves nothing of an earlier answer but what a process has once it has answered anything."""
    snapshot.kept.pop("meanings", None)
    snapshot.counted.clear()
    if "correction" in snapshot.kept:
        snapshot.kept["correction"].cache_clear()
