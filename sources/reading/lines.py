"""Lines of a source: splitting, blanks, and the ledger that lets none of them disappear.

A source is split at "\\n" only. Blanks are everything Unicode calls white space and the invisible
characters that converters leave behind (zero-width spaces, byte-order marks, soft hyphens, Hangul and
Braille fillers).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator

from .errors import ReadingError
from .records import LineUse, Noise

ZERO_WIDTH = "\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufe0f\ufeff"
FILLERS = "\u115f\u1160\u2800\u3164\uffa0"
BLANK = rf"[\s{ZERO_WIDTH}{FILLERS}]"
_BLANKS = re.compile(BLANK)
_EDGES = re.compile(rf"^{BLANK}+|{BLANK}+$")
_ZERO_WIDTHS = re.compile(f"[{ZERO_WIDTH}]")
_BULLET = re.compile(r"^[-•*·–] (?=\S)")
_SENTENCE_END = re.compile(r"[.!?:;][\"'”’)\]]*$|[”\"]$")

LINE_RULINGS = "sources/data/rulings/{source}.toml"


def spaced(pattern: str) -> re.Pattern[str]:
    """A pattern, matched in any case, whose spaces stand for any number of blanks, none included."""
    return re.compile(pattern.replace(" ", f"{BLANK}*"), re.IGNORECASE)


def strip(text: str) -> str:
    """The text without the blanks of any kind at its ends."""
    return _EDGES.sub("", text)


def plain(text: str) -> str:
    """The text as one compares it: nothing invisible, each run of blanks one space."""
    return strip(re.sub(f"{BLANK}+", " ", _ZERO_WIDTHS.sub("", text)))


def even(text: str) -> str:
    """The text with every blank as a plain space, place by place, so that offsets stay."""
    return _BLANKS.sub(" ", text)


def unbulleted(text: str) -> str:
    """The line stripped, without the bullet that the converter put before it."""
    stripped = strip(text)
    match = _BULLET.match(even(stripped))
    return strip(stripped[match.end() :]) if match else stripped


def letters(text: str) -> str:
    """Letters and digits alone, in lower case: for names printed with other blanks or hyphens."""
    return "".join(char for char in unicodedata.normalize("NFKC", text).casefold() if char.isalnum())


def slug(text: str) -> str:
    """The text in lower-case words joined by hyphens ("Hong Kong" gives "hong-kong")."""
    return "-".join(re.findall(r"[^\W_]+", plain(text).casefold()))


def ends_sentence(text: str) -> bool:
    """Whether the line ends as prose ends."""
    return bool(_SENTENCE_END.search(plain(text)))


class Lines:
    """The lines of one source and the ledger of what each was used for.

    Reading it: `text(n)`, `filled(first, last)` for the non-blank line numbers of a range. Using a line up:
    `record(n, path)` or `noise(n, kind)`, once each. `uses()` raises ReadingError for the first non-blank
    line that nobody used.
    """

    def __init__(self, source: str, text: str) -> None:
        self.source = source
        self.all = tuple(text.split("\n"))
        self._stripped = tuple(map(strip, self.all))
        self._uses: dict[int, LineUse] = {}
        if not strip(text):
            raise ReadingError("the text is empty", source=source)

    def __len__(self) -> int:
        return len(self.all)

    def text(self, number: int) -> str:
        """The line, stripped of blanks at both ends."""
        return self._stripped[number - 1]

    def filled(self, first: int = 1, last: int | None = None) -> list[int]:
        """Numbers of the non-blank lines from first to last, both included."""
        end = len(self.all) if last is None else min(last, len(self.all))
        return [number for number in range(max(first, 1), end + 1) if self._stripped[number - 1]]

    def is_used(self, number: int) -> bool:
        return number in self._uses

    def record(self, numbers: int | Iterable[int], path: str) -> None:
        """Gives lines to a record, named by a path such as "case xianning / lead"."""
        for number in [numbers] if isinstance(numbers, int) else numbers:
            self._use(LineUse(number, path, None))

    def noise(self, number: int, kind: Noise) -> None:
        self._use(LineUse(number, None, kind))

    def _use(self, use: LineUse) -> None:
        earlier = self._uses.get(use.line)
        if earlier:
            raise self.error(use.line, f"two rules claim this line: {earlier.use} and {use.use}")
        self._uses[use.line] = use

    def uses(self) -> tuple[LineUse, ...]:
        """What became of each non-blank line, in order."""
        return tuple(self._checked())

    def _checked(self) -> Iterator[LineUse]:
        for number in self.filled():
            if number not in self._uses:
                raise self.uncovered(number)
            yield self._uses[number]

    def error(self, line: int, problem: str, fix: str = "") -> ReadingError:
        """A ReadingError for this line (0: for the source as a whole), to be raised by the caller."""
        text = self.text(line) if line else ""
        return ReadingError(problem, source=self.source, line=line, text=text, fix=fix)

    def uncovered(
        self, line: int, kinds: str = "caption_ignored", problem: str = "no rule covers this line"
    ) -> ReadingError:
        """The error for a line nobody knows, saying which ruling would settle it."""
        return self.error(line, problem, self.ruling_to_add(line, kinds))

    def ruling_to_add(self, line: int, kinds: str, read_as: str = "", printed: str = "") -> str:
        """The entry, ready to be copied, that would rule on this line."""
        text = strip(printed or self.text(line)[:80]).replace("\\", "\\\\").replace('"', '\\"')
        return "\n".join(
            [
                f"Add to {LINE_RULINGS.format(source=self.source)} (kind: {kinds}):",
                "[[ruling]]",
                f'key = "line-{line}"',
                f'kind = "{kinds.split(" ")[0]}"',
                f"first_line = {line}",
                f"last_line = {line}",
                f'printed = "{text}"',
                f'read_as = "{read_as}"',
                'reason = "..."',
            ]
        )
