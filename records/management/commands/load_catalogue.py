"""Loads the fixtures: adds and updates, keeps what curators edited or deleted, hides what is gone."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from records.loading import FixtureError, LoadReport, load, loaded


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument(
            "--fixtures", type=Path, default=settings.FIXTURE_DIRS[0], help="folder of the *.json files"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")

    def handle(self, *, fixtures: Path, dry_run: bool, verbosity: int, **options):
        try:
            report = load(fixtures, dry_run=dry_run)
        except FixtureError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        except OperationalError as error:
            busy = any(word in str(error) for word in ("locked", "timeout", "deadlock"))
            advice = "The database is busy, try again" if busy else "The database does not fit; run `migrate`"
            raise CommandError(f"Nothing was loaded. {advice}. ({error})") from error
        if verbosity:
            self._print(report, dry_run)
        for _receiver, line in loaded.send(sender=type(self), dry_run=dry_run):
            if verbosity:
                self.stdout.write(line)

    def _print(self, report: LoadReport, dry_run: bool) -> None:
        counts = ", ".join(
            f"{count} {name.replace('_', ' ')}" for name, count in report.counts().items() if count
        )
        self.stdout.write(f"Would do, did nothing: {counts}" if dry_run else f"Loaded: {counts}")
        for name in ("kept", "hidden", "shown_again", "deleted_by_curator"):
            for item in getattr(report, name):
                self.stdout.write(f"  {name.replace('_', ' ')}: {item}")
