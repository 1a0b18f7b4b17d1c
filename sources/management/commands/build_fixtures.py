"""Builds fixtures/*.json from the source texts and the editors' data files; with --check only compares."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sources import fixtures
from sources.reading.errors import ReadingError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", help="folder of the source texts")
        parser.add_argument(
            "--output", type=Path, default=settings.FIXTURE_DIRS[0], help="where the fixtures lie"
        )
        parser.add_argument(
            "--check", action="store_true", help="write nothing; fail where the fixtures differ"
        )

    def handle(self, *, folder: Path, output: Path, check: bool, verbosity: int, **options):
        try:
            texts = fixtures.build(folder)
        except (ReadingError, fixtures.EditorialError) as error:
            raise CommandError(f"No fixtures were built. {error}") from error
        if not check:
            fixtures.write(texts, output)
        elif difference := fixtures.first_difference(texts, output):
            raise CommandError(
                f"{difference}\nThe fixtures are not what the sources give: run build_fixtures."
            )
        if verbosity:
            done = "are what the sources give" if check else "written"
            self.stdout.write(f"{', '.join(texts)} in {output}: {done}.")
