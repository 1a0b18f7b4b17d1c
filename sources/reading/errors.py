"""The one exception the reader raises, whatever is wrong with a text, a ruling or a number table."""

SHOWN = 80


class ReadingError(Exception):
    """A source cannot be read as it stands.

    `source` is the slug or file name, `line` the 1-based line (0 where no single line is at fault), `text`
    the start of that line, `fix` what to add or change and in which file. str() gives all of it in a form
    fit for an operator.
    """

    def __init__(
        self, problem: str, *, source: str = "", line: int = 0, text: str = "", fix: str = ""
    ) -> None:
        self.problem, self.source, self.line, self.fix = problem, source, line, fix
        self.text = text.strip()[:SHOWN]
        super().__init__(self._message())

    def _message(self) -> str:
        place = ", ".join(part for part in (self.source, f"line {self.line}" if self.line else "") if part)
        message = f"{place}: {self.problem}" if place else self.problem
        if self.text:
            message += f"\n    | {self.text}"
        return f"{message}\n{self.fix}" if self.fix else message
