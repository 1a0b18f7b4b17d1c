"""Reading one text: by the reader of its kind, every line and number accounted for."""

from __future__ import annotations

from collections.abc import Iterable

from .context import Context
from .errors import ReadingError
from .kinds import known_kinds
from .lines import Lines
from .numbers import NumberTable, classify
from .records import LineUse, Reading, Ruling, SourceDescription
from .rulings import Rulings


def read(
    text: str | bytes,
    source: SourceDescription,
    rulings: Iterable[Ruling] = (),
    numbers: NumberTable | None = None,
) -> Reading:
    """The text read as a document of the source's kind.

    `numbers` is the table of digit tokens (see load_numbers); with None the tokens that no rule covers get
    the kind None. Raises ReadingError, and nothing else, where text, rulings or table do not fit; every
    non-blank line is accounted for otherwise. The text is taken as it comes: that it is the very source its
    description means is read_folder's to check.
    """
    if source.kind not in known_kinds():
        raise ReadingError(
            f"no reader for the kind {source.kind!r}; known are {', '.join(known_kinds())}",
            source=source.slug,
            fix="Correct it in sources/data/sources.toml, or add a module to sources/reading/kinds/.",
        )
    lines = Lines(source.slug, decode(text, source.slug))
    context = Context(source, lines, Rulings(rulings, lines))
    document = known_kinds()[source.kind].read(context)
    uses = lines.uses()
    context.rulings.check_used()
    tokens = classify(lines, uses, context.number_rules, numbers, _homes(source, uses))
    return Reading(source, document, uses, tokens, context.rulings.all, lines.all)


def decode(text: str | bytes, name: str) -> str:
    """The text of a file. Raises ReadingError, with the line, where the bytes are not UTF-8."""
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        problem = f"not UTF-8: byte {text[error.start]:#04x} at offset {error.start}, on line {line}"
        raise ReadingError(problem, source=name, fix="Save the file as UTF-8.") from None


def _homes(source: SourceDescription, uses: Iterable[LineUse]) -> dict[str, str]:
    """Which data file lists whose tokens: a glob has one for each case, a file all the rest."""
    homes = {
        "": next((f"sources/data/{name}" for name in source.numbers if "*" not in name), "the number tables")
    }
    for pattern in (name for name in source.numbers if "*" in name):
        for use in uses:
            if use.record and use.record.startswith("case "):
                first = use.record.split(" / ")[0]
                homes[first] = f"sources/data/{pattern.replace('*', first.removeprefix('case '))}"
    return homes
