"""Times of two sides taken in turn, their medians, and the table they end in."""

from __future__ import annotations

import json
import platform
import resource
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from statistics import median

from bench.setting import say

Clock = Callable[[], float]


@dataclass(frozen=True)
class Spent:
    """The medians of both sides: milliseconds by the clock, and milliseconds of processor time."""

    ours: float
    other: float
    ours_cpu: float = 0.0
    other_cpu: float = 0.0


@dataclass(frozen=True)
class Result:
    """One line of the table. `ratio` is what `goal` speaks of: how much faster, or at what cost; `cpu_ratio` the
    same in processor time, which other work on the machine disturbs less."""

    name: str
    ours: float
    other: float
    ratio: float
    ours_cpu: float
    other_cpu: float
    cpu_ratio: float
    unit: str
    goal: str = ""


class Results:
    """All lines of one run."""

    def __init__(self, cases: int, database: str):
        self.cases, self.database, self.lines = cases, database, []

    def add(self, name: str, spent: Spent, unit: str = "ms", goal: str = "", is_cost: bool = False) -> None:
        """A line: how many times faster ours is, or with `is_cost` how many times as much it takes."""

        def ratio(ours: float, other: float) -> float:
            over, under = (ours, other) if is_cost else (other, ours)
            return round(over / under, 2) if under else 0.0

        values = [round(each, 3) for each in (spent.ours, spent.other, spent.ours_cpu, spent.other_cpu)]
        both, both_cpu = ratio(spent.ours, spent.other), ratio(spent.ours_cpu, spent.other_cpu)
        line = Result(name, values[0], values[1], both, values[2], values[3], both_cpu, unit, goal)
        self.lines.append(line)
        say(
            f"  {name:54} {line.ours:>11,.1f} {line.other:>11,.1f} {unit:8} {both:>7} "
            f"{line.ours_cpu:>10,.1f} {line.other_cpu:>10,.1f} {both_cpu:>7}  {goal}"
        )

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
    titles = f"{'ours':>11} {'other':>11} {'':8} {'ratio':>7} {'ours cpu':>10} {'other cpu':>10} {'ratio':>7}  goal"
    say(f"\n{text}\n  {'':54} {titles}")


def own_cpu() -> float:
    """Processor time of this process and of those it has waited for, in seconds."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def in_turn(
    ours: Callable,
    other: Callable,
    rounds: int,
    warm: int = 4,
    clocks: tuple[Clock, Clock] = (own_cpu, own_cpu),
    block: int = 0,
) -> Spent:
    """Both sides in turn, so many times each. `clocks` give the processor time of each side.

    Alternately, after `warm` times that do not count; or in blocks: so many times the one, so many times the other,
    and `warm` times before each block that do not count. Alternately, whatever is quick finds the processor's
    caches full of what the slow side left there, which no user of a server that does nothing else ever meets.
    """
    times: tuple[list[float], list[float]] = ([], [])
    cpus: tuple[list[float], list[float]] = ([], [])
    for counts in _plan(rounds, warm, block):
        for side, work in enumerate((ours, other)):
            for is_counted in counts:
                cpu, started = clocks[side](), time.perf_counter()
                work()
                spent, cpu = time.perf_counter() - started, clocks[side]() - cpu
                if is_counted:
                    times[side].append(spent * 1_000)
                    cpus[side].append(cpu * 1_000)
    return Spent(*map(median, times), *map(median, cpus))


def _plan(rounds: int, warm: int, block: int) -> list[list[bool]]:
    """What each side does before it is the other's turn: a call each, and whether it counts."""
    if not block:
        return [[False]] * warm + [[True]] * rounds
    return [[False] * warm + [True] * block] * (rounds // block)
