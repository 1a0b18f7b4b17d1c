"""`manage.py load_package FILE.zip` (or a folder): a data package back into an empty catalogue."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError

from catalogue import synonyms
from catalogue.package import kept
from catalogue.package.archive import PackageError
from catalogue.package.reading import load_package


class Command(BaseCommand):
    help = (
        "Loads a data package of the catalogue, a zip or a folder, into an empty catalogue; all or nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("package", type=Path, help="the zip, or the folder that holds datapackage.json")

    def handle(self, *, package: Path, verbosity: int, **options):
        try:
            report, document = load_package(package)
        except PackageError as error:
            raise CommandError(f"Nothing was loaded. {error}") from error
        except OperationalError as error:
            raise CommandError(
                f"Nothing was loaded. The database cannot be used; run `migrate`. ({error})"
            ) from error
        kept.remember(document)
        if verbosity:
            self.stdout.write(f"Loaded: {len(report.added)} records of version {document.get('version')}")
        # Checks are not run: what they found is in the package, with what was answered.
        line = synonyms.load(dry_run=False)
        if verbosity:
            self.stdout.write(line)
