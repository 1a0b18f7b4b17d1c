"""What an import would do, row by row: the records it would make or change, and what it refuses and why.

Nothing is written. Rows are taken in steps: their cells are read, the records they speak of are found, those are read
from the database all at once, compared, and held to the rules of their models.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

from curation.imports import limits
from curation.imports.checks import broken
from curation.imports.comparing import compare, hold_to_rules, shown_values
from curation.imports.declared import Column, Importer, Part, Wrong
from curation.imports.finding import Finder
from curation.imports.mapping import Chosen
from curation.imports.models import ImportRow
from curation.imports.names import alike, called
from curation.imports.reading import Table, letter
from curation.imports.wanted import Row, Wanted
from records.plain import name_of
from records.said import Said as _
from records.said import in_each_language
from sources.models import Source

Status = ImportRow.Status


class Plan:
    """`rows` in the order of the file, `wanted` in that of the parts. `tell` hears how many rows are done."""

    def __init__(
        self,
        importer: Importer,
        table: Table,
        chosen: Chosen,
        source: Source | None,
        tell: Callable[[int], None] = lambda done: None,
    ):
        self.importer, self.chosen = importer, chosen
        self.finder = Finder(source)
        self.places = {name: place for place, name in enumerate(table.heading)}
        self.width = len(table.heading)
        self.wanted: dict[str, dict[tuple, Wanted]] = {name: {} for name in importer.parts}
        self.rows: list[Row] = []
        for start in range(0, len(table.rows), limits.STEP):
            self._step(table.rows[start : start + limits.STEP])
            tell(len(self.rows))

    @property
    def counts(self) -> dict[str, int]:
        """How many rows there are of each status."""
        return {**dict.fromkeys(Status.values, 0), **Counter(row.status for row in self.rows)}

    @property
    def digest(self) -> str:
        """What the plan comes down to: the same for the same doings alone."""
        said = [[row.line, row.status, row.changes, row.problems] for row in self.rows]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()

    def _step(self, rows: list[tuple[int, list[str]]]) -> None:
        taken = [self._row(line, cells) for line, cells in rows]
        self.rows += taken
        new: list[Wanted] = []
        for row in taken:
            self._told(row, self._find, new)
        self._fetch(new)
        problems = [self._compare(each) for each in new]
        suspects = broken(each.record for each in new if each.changes)
        for each, found in zip(new, problems, strict=True):
            self._hold(each, found, id(each.record) in suspects)
        for row in taken:
            main = next((each for name, each in row.wanted if name == ""), None)
            # One that is refused may lack what it is named by.
            name = name_of(main.record).strip(" :") if main and main.record else ""
            row.name = name or called(row.cells)

    def _told(self, row: Row, work: Callable, more: Any) -> None:
        """Does something for a row; what is wrong with it is written down there."""
        try:
            work(row, more)
        except Wrong as wrong:
            self._refuse(row, wrong.text, wrong.column)

    # --- reading

    def _row(self, line: int, cells: list[str]) -> Row:
        ours = {}
        for (
            name
        ) in self.importer.by_name:  # not in the order of what was chosen: databases keep it differently
            said = self.chosen.get(name)
            if said is None:
                continue
            if "value" in said:
                ours[name] = said["value"]
            else:
                place = self.places[said["column"]]
                ours[name] = cells[place] if place < len(cells) else ""
        row = Row(line, {name: cell for name, cell in ours.items() if cell.strip()})
        row.problems += _surplus(line, cells, self.width)
        return row

    def _refuse(self, row: Row, text: Any, column: str = "") -> None:
        said = self.chosen.get(column, {})
        place = self.places.get(said.get("column", ""))
        cell = f"{letter(place)}{row.line}" if place is not None else ""
        known = self.importer.by_name.get(column)
        label = in_each_language(known.label) if known else ""
        row.problems.append([cell, said.get("column") or label, in_each_language(text)])

    def _values(self, row: Row) -> dict[str, Any]:
        self.finder.line = row.line
        values = {}
        for column in self.importer.columns:
            if column.name not in row.cells:
                continue
            try:
                values[column.name] = column.read(row.cells[column.name], self.finder)
            except Wrong as wrong:
                self._refuse(row, wrong.text, column.name)
        return values

    # --- finding

    def _find(self, row: Row, new: list[Wanted]) -> None:
        values = self._values(row)
        if row.problems:
            return
        for name, part in self.importer.parts.items():
            if part.needs and not set(part.needs) & values.keys():
                continue
            own = {**part.fixed, **self._own(name, values)}
            mine = dict(row.wanted)
            own |= {into: mine[other] for into, other in part.refers.items() if other in mine}
            for each in self._each(part, own, values):
                self._ask(row, name, each, new)

    def _own(self, part: str, values: dict[str, Any]) -> dict[str, Any]:
        return {
            column.fills: values[column.name]
            for column in self.importer.columns
            if column.part == part and column.name in values
        }

    def _each(self, part: Part, own: dict[str, Any], values: dict[str, Any]) -> list[dict[str, Any]]:
        if part.each is None:
            return [own]
        column, into = part.each
        own.pop(column, None)
        entries = {entry.pk: entry for entry in values.get(column, [])}
        return [{**own, into: entry} for entry in entries.values()]

    def _ask(self, row: Row, name: str, values: dict[str, Any], new: list[Wanted]) -> None:
        part = self.importer.parts[name]
        try:
            key, pk = part.find(values, self.finder)
        except Wrong as wrong:
            raise Wrong(wrong.text, self._column(name, wrong.column)) from wrong
        known = self.wanted[name].get(key)
        if known is None:
            known = Wanted(part, key, pk, values, [row], row.cells)
            self.wanted[name][key] = known
            new.append(known)
        elif part.shared:
            self._agree(row, name, known, values)
        else:
            self._refuse_twice(row, known)
        row.wanted.append((name, known))

    def _column(self, part: str, name: str) -> str:
        """Our column of that name, or the one that fills the field of that name."""
        if name in self.importer.by_name:
            return name
        of = [each for each in self.importer.columns if each.part == part and each.fills == name]
        return of[0].name if of else name

    def _refuse_twice(self, row: Row, known: Wanted) -> None:
        other = known.rows[0]
        known.rows.append(row)
        column = next(iter(self.importer.columns), None)
        named = [each.name for each in self.importer.columns if each.name in row.cells]
        where = next((name for name in named if name in ("key", "slug", "title", "name", "words")), None)
        where = where or (named[0] if named else column.name)
        for one, two in ((row, other), (other, row)):
            self._refuse(one, _("Row %(row)d is about the same record.") % {"row": two.line}, where)

    def _agree(self, row: Row, name: str, known: Wanted, values: dict[str, Any]) -> None:
        """Several rows speak of one record: they must say the same, and may each say a part of it."""
        known.rows.append(row)
        if known.is_broken:
            text = _("Row %(row)d is about the same record, and is refused.") % {"row": known.rows[0].line}
            raise Wrong(text)
        for each, value in values.items():
            if each in known.values and not _alike(known.values[each], value):
                words = {"row": known.rows[0].line}
                text = _("Row %(row)d says something else of the same record.") % words
                self._refuse(row, text, self._column(name, each))
        if known.record is None:  # not compared yet
            known.values = {**values, **known.values}
        elif values.keys() - known.values.keys():
            text = _("Row %(row)d says less of the same record: say the same in both.")
            raise Wrong(text % {"row": known.rows[0].line})

    # --- comparing

    def _fetch(self, new: list[Wanted]) -> None:
        for part in self.importer.parts.values():
            wanted = [each for each in new if each.part is part and each.pk]
            keys = [each.name for each in part.model._meta.concrete_fields if each.is_relation]
            stored = part.model._base_manager.select_related(*keys).in_bulk([each.pk for each in wanted])
            for each in wanted:
                each.record = stored.get(each.pk)

    def _of(self, part: Part) -> tuple[str, list[Column]]:
        names = [name for name, each in self.importer.parts.items() if each is part]
        return names[0], [column for column in self.importer.columns if column.part in names]

    def _compare(self, wanted: Wanted) -> list[tuple[str, Any]]:
        """Puts the values into the record; gives why that cannot be, by column."""
        self.finder.line = wanted.rows[0].line
        try:
            compare(wanted, self._of(wanted.part)[1], self.finder)
        except Wrong as wrong:
            return [(wrong.column, wrong.text)]
        return []

    def _hold(self, wanted: Wanted, problems: list[tuple[str, Any]], is_suspect: bool) -> None:
        """Refuses the rows of a record that is not as its model wants it."""
        part, columns = self._of(wanted.part)
        missing = self._missing(wanted, columns)
        if not problems:
            said = {name for name, _text in missing}  # what its model says of those is the same
            rules = hold_to_rules(wanted, is_suspect)
            problems = [each for each in rules if self._column(part, each[0]) not in said]
            wanted.shown = shown_values(wanted, columns)
        problems += missing
        wanted.is_broken = bool(problems)
        for row in wanted.rows:
            for name, text in problems:
                self._refuse(row, text, self._column(part, name))

    def _missing(self, wanted: Wanted, columns: list[Column]) -> list[tuple[str, Any]]:
        """Columns that a new record cannot be without, and what is said of each."""
        if wanted.pk is not None:
            return []
        text = _("A new record needs “%(column)s”.")
        missing = [each for each in columns if each.required and each.fills not in wanted.values]
        return [(each.name, text % {"column": each.label}) for each in missing]


def _alike(one: Any, other: Any) -> bool:
    """Whether two rows give the same value; the first spelling of a name stands."""
    both_text = isinstance(one, str) and isinstance(other, str)
    return alike(one, other) if both_text else one == other


def _surplus(line: int, cells: list[str], width: int) -> list[list[Any]]:
    """What is wrong with the first cell that stands under no heading: what is in it would be lost in silence."""
    place = next((place for place in range(width, len(cells)) if cells[place].strip()), None)
    if place is None:
        return []
    text = _(
        "The row has more cells than there are headings: “%(cell)s”. Put a cell that holds the separator into "
        "quotation marks, or give the column a heading."
    )
    return [[f"{letter(place)}{line}", "", in_each_language(text % {"cell": cells[place].strip()[:80]})]]
