"""Builds the fixtures and their checksums from the texts and the editors' files; --check only compares."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sources import fixtures
from sources.reading.data import DATA
from sources.reading.errors import ReadingError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the source texts")
        parser.add_argument(
            "--output", type=Path, default=settings.FIXTURE_DIRS[0], help="where the fixtures lie"
        )
        parser.add_argument(
            "--data", type=Path, default=DATA, help="the editors' data files; checksums are written there"
        )
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where the fixtures differ"
        )

    def handle(self, *, folder: Path, output: Path, data: Path, check: bool, verbosity: int, **options):
        try:
            texts = fixtures.build(folder, data)
            checksums = fixtures.checksums(texts, folder, data)
        except (ReadingError, fixtures.EditorialError) as error:
            raise CommandError(f"No fixtures were built. {error}") from error
        for files, place in ((texts, output), (checksums, data)):
            if not check:
                fixtures.write(files, place)
            elif difference := fixtures.first_difference(files, place):
                raise CommandError(
                    f"{difference}\nThe fixtures are not what the sources give: run build_fixtures."
                )
        if verbosity:
            done = "are what the sources give" if check else "written"
            self.stdout.write(f"{', '.join(texts)} in {output}, and their checksums in {data}: {done}.")
