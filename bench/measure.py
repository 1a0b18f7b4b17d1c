"""Times of two sides taken in turn, their medians, and the table they end in."""

from __future__ import annotations

import json
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

from bench.setting import say


@dataclass(frozen=True)
class Result:
    """One line of the table. `ratio` is ours to other (or other to ours where `is_speed`); `goal` says what it should be."""

    name: str
    ours: float
    other: float
    ratio: float
    unit: str
    goal: str = ""


class Results:
    """All lines of one run."""

    def __init__(self, cases: int, database: str):
        self.cases, self.database, self.lines = cases, database, []

    def add(
        self, name: str, ours: float, other: float, unit: str = "ms", goal: str = "", factor: str = "faster"
    ):
        """`factor`: "faster" gives other / ours, "cost" gives ours / other."""
        over, under = (other, ours) if factor == "faster" else (ours, other)
        line = Result(
            name, round(ours, 3), round(other, 3), round(over / under, 2) if under else 0, unit, goal
        )
        self.lines.append(line)
        say(f"  {name:64} {line.ours:>12,} {line.other:>12,} {unit:9} {line.ratio:>8} {goal}")

    def write(self, path: Path) -> None:
        """The table as data."""
        rows = [asdict(line) for line in self.lines]
        about = {
            "date": date.today().isoformat(),
            "cases": self.cases,
            "database": self.database,
            "machine": f"{platform.machine()}, {platform.python_implementation()} {platform.python_version()}",
            "results": rows,
        }
        path.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


def heading(text: str) -> None:
    """Begins a part of the table."""
    say(f"\n{text}\n  {'':64} {'ours':>12} {'other':>12} {'':9} {'ratio':>8} goal")


def timed(work: Callable[[], object]) -> float:
    """Milliseconds."""
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1_000


def in_turn(ours: Callable, other: Callable, rounds: int, warm: int = 4) -> tuple[float, float]:
    """The median milliseconds of both, taken alternately after some rounds that do not count."""
    times: tuple[list[float], list[float]] = ([], [])
    for number in range(warm + rounds):
        for work, kept in zip((ours, other), times, strict=True):
            spent = timed(work)
            if number >= warm:
                kept.append(spent)
    return median(times[0]), median(times[1])
