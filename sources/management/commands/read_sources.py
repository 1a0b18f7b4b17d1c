"""Reads the source texts and accounts for every line and every number; -v 2 lists each range of lines."""

from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sources import lines
from sources.reading import accounting
from sources.reading.errors import ReadingError
from sources.reading.folder import read_folder
from sources.reading.lines import strip
from sources.reading.records import LineUse, Reading


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the source texts")
        parser.add_argument(
            "--totals",
            action="store_true",
            help="leave out the list of what each range of lines was used for",
        )

    def handle(self, *, folder: Path, totals: bool, verbosity: int, **options):
        try:
            found = read_folder(folder)
        except ReadingError as error:
            raise CommandError(str(error)) from error
        for slug, reading in found.readings.items():
            self._print(reading, found.files[slug], is_listed=not totals)
        for remark in found.foreign:
            self.stdout.write(f"Not a source: {remark}")

    def _print(self, reading: Reading, file: str, is_listed: bool) -> None:
        totals = accounting.totals(reading)
        counted = totals["lines"].total()
        filled = sum(bool(strip(line)) for line in reading.text)
        noise = _listed(
            (name.removeprefix("noise: "), n) for name, n in totals["lines"].items() if name != "records"
        )
        self.stdout.write(f"{reading.source.slug} ({file})")
        share = _share(counted, filled)
        self.stdout.write(
            f"  {len(reading.text)} lines, {filled} not blank, {counted} accounted for: {share}"
        )
        self.stdout.write(f"  {totals['lines']['records']} belong to records; noise: {noise or 'none'}")
        self.stdout.write(f"  numbers: {_listed(totals['numbers'].items()) or 'none'}")
        self.stdout.write(f"  rulings applied: {len(reading.rulings)}")
        if is_listed:
            for text in _ranges(reading.lines):
                self.stdout.write(f"    {text}")


def _listed(counts: Iterable[tuple[str, int]]) -> str:
    return ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in sorted(counts))


def _share(part: int, whole: int) -> str:
    """The share in per cent; only all of it is called 100 %."""
    return "100 %" if part == whole else f"{min(99.9, 100 * part / whole):.1f} %"


def _ranges(uses: Iterable[LineUse]) -> Iterable[str]:
    """Each stretch of lines with one use, and the use."""
    for use, group in groupby(uses, key=lambda each: each.use):
        numbers = [each.line for each in group]
        yield f"{lines.write(numbers[0], numbers[-1])}: {use}"
