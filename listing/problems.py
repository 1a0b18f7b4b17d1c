"""What is wrong with a query, and how it is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from listing import meant
from listing.terms import Term


@dataclass(frozen=True)
class Problem:
    """What is wrong with a query, and with which of its names; `is_passing` where it can be answered soon.

    Where a value is not known, it is `value`, and `meant` are known ones alike.
    """

    name: str
    message: str
    is_passing: bool = False
    value: str = ""
    meant: tuple[Term, ...] = ()

    @property
    def in_words(self) -> str:
        """The message with what may have been meant, for whoever cannot follow a link."""
        return " ".join(filter(None, (self.message, meant.question(self.meant))))


class Unknown(ValidationError):
    """A value that a filter does not know, and known ones alike."""

    def __init__(self, message: str, value: str, alike: list[Term]):
        super().__init__(message)
        self.value, self.meant = value, tuple(alike)


def problem_of(name: str, error: ValidationError) -> Problem:
    """What a filter of that name refuses, as its list tells it."""
    message = " ".join(error.messages)
    is_unknown = isinstance(error, Unknown)
    return (
        Problem(name, message, value=error.value, meant=error.meant) if is_unknown else Problem(name, message)
    )
