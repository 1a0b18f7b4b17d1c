"""Digit tokens: every run of digits in a source is given a kind, by rule or by the number tables.

By rule: the tokens of a city data block, page numbers of a contents list, markers of list items. All others
are named, line by line and in order, in the tables ("[numbers]" of a data file, `"104" = "7 name; 19
outcome"`). A token that is missing there, surplus, out of order or of an unknown kind is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .errors import ReadingError
from .lines import Lines, even
from .records import LineUse, NumberKind, NumberToken

TOKEN = re.compile(r"\d+(?:(?:, ?| )\d{3}(?!\d))*(?:\.\d+)?")
MARKER = re.compile(r"^\s*(?:- )?\(?(\d{1,2})[.)]\)?")
BY_RULE_ONLY = frozenset({NumberKind.CITY_DATA, NumberKind.PAGE_NUMBER})
BY_TABLE = ", ".join(kind for kind in NumberKind if kind not in BY_RULE_ONLY)


@dataclass(frozen=True)
class LineNumbers:
    """The table's word on one line: tokens with their kinds, and the file that says so."""

    tokens: tuple[tuple[str, NumberKind], ...]
    file: str


NumberTable = Mapping[int, LineNumbers]


def parse_table(entries: Mapping[str, object], file: str) -> dict[int, LineNumbers]:
    """The [numbers] table of one data file, by line number. Raises ReadingError where it is malformed."""
    table = {}
    for line, value in entries.items():
        if not (line.isascii() and line.isdigit()) or not isinstance(value, str):
            raise ReadingError(f"[numbers]: {line!r} is no line number with a list of tokens", source=file)
        parts = [part.strip() for part in value.split(";") if part.strip()]
        table[int(line)] = LineNumbers(tuple(_entry(part, file, line) for part in parts), file)
    return table


def _entry(part: str, file: str, line: str) -> tuple[str, NumberKind]:
    token, _, kind = part.rpartition(" ")
    known = {str(kind): kind for kind in NumberKind if kind not in BY_RULE_ONLY}
    if kind not in known:
        raise ReadingError(
            f'[numbers] "{line}": {part!r} has no known kind', source=file, fix=f"Known kinds: {BY_TABLE}."
        )
    return token.strip(), known[kind]


def tokens(text: str) -> list[tuple[int, str]]:
    """The digit tokens of a line with their offsets; any blank inside a number counts as a plain one."""
    return [(match.start(), match.group()) for match in TOKEN.finditer(even(text))]


def whole(value: Decimal) -> Decimal:
    """The value without a fraction that is zero: 2908000.000 is 2908000."""
    return value.to_integral_value() if value == value.to_integral_value() else value


def marker(text: str) -> int | None:
    """The offset of the number that marks a list item ("1.", "- 2.", "(3)"), None where there is none."""
    match = MARKER.match(even(text))
    return match.start(1) if match else None


def classify(
    lines: Lines,
    uses: Iterable[LineUse],
    rules: Mapping[int, NumberKind],
    table: NumberTable | None,
    homes: Mapping[str, str],
) -> tuple[NumberToken, ...]:
    """All digit tokens of the non-blank lines, each with its kind.

    `rules` names the lines whose tokens are all of one kind, except a page number, which is the first token
    only. `homes` says for a record's first word pair ("case xianning") which file should list its tokens;
    "" is the file for all others. Without a table the tokens that no rule covers get no kind. Raises
    ReadingError where table and text disagree.
    """
    found: list[NumberToken] = []
    left = dict(table or {})
    for use in uses:
        by_rule, others = _by_rule(lines, use.line, rules.get(use.line))
        entry = left.pop(use.line, None)
        if table is not None:
            others = _by_table(lines, use, others, entry, _home(use, homes))
        found += sorted(by_rule + others, key=lambda token: token.start)
    if left:
        raise _surplus(lines, min(left), left[min(left)])
    return tuple(found)


def _by_rule(lines: Lines, line: int, rule: NumberKind | None) -> tuple[list[NumberToken], list[NumberToken]]:
    """The tokens of a line that a rule covers, and the others (kind still None)."""
    text = lines.all[line - 1]
    marked = marker(text)
    ruled, others = [], []
    for place, (start, printed) in enumerate(tokens(text)):
        kind = rule if rule is NumberKind.CITY_DATA or (rule and place == 0) else None
        if kind is None and start == marked and "." not in printed:
            kind = NumberKind.LIST_MARKER
        (ruled if kind else others).append(NumberToken(line, start, printed, kind))
    return ruled, others


def _by_table(
    lines: Lines, use: LineUse, others: list[NumberToken], entry: LineNumbers | None, home: str
) -> list[NumberToken]:
    listed = entry.tokens if entry else ()
    if [token.printed for token in others] != [printed for printed, _ in listed]:
        wanted = "; ".join(f"{token.printed} <kind>" for token in others)
        fix = (
            f'The entry should read: "{use.line}" = "{wanted}"'
            if wanted
            else f'Remove the entry "{use.line}".'
        )
        given = "; ".join(printed for printed, _ in listed) or "nothing"
        problem = f"the digit tokens of this line are not those of the number table, which lists {given}"
        raise lines.error(
            use.line,
            problem,
            f"In {entry.file if entry else home}, [numbers]. {fix}\nKnown kinds: {BY_TABLE}.",
        )
    return [
        NumberToken(token.line, token.start, token.printed, kind)
        for token, (_, kind) in zip(others, listed, strict=True)
    ]


def _home(use: LineUse, homes: Mapping[str, str]) -> str:
    return homes.get((use.record or "").split(" / ")[0], homes.get("", "the number tables"))


def _surplus(lines: Lines, line: int, entry: LineNumbers) -> ReadingError:
    problem = f"{entry.file} lists digit tokens for line {line}, which is blank or beyond the end of the text"
    return lines.error(
        line if line <= len(lines) and line else 0,
        problem,
        f'Remove the entry "{line}" from {entry.file}, [numbers].',
    )
