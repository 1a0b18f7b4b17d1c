"""What cases and cities are compared by alike: making a row, and the targets of both."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from cases.compare.rows import Item, Row, Said, cell
from records import dates

Read = TypeVar("Read")


def row_of(label: str, read: Iterable[Read], items: Callable[[Read], Iterable[Item]], **more: Any) -> Row:
    """A row of what each thing that was read says about one matter; `more` is what else a row takes."""
    return Row(label, [cell(items(each)) for each in read], **more)


def target_item(target: Any, brief: bool) -> Item:
    """A target with its date and how it stands today."""
    due = dates.label(target.due) if target.due else target.due_as_printed
    said = [Said(due, "" if target.due else "en")] if due else []
    return Item(
        (target.target, target.due),
        target.target,
        "en",
        url=target.get_absolute_url(),
        said=[*said, Said(target.state_label)],
        place=target,
        brief=brief,
        remarks=getattr(target, "remarks", ()),
    )
