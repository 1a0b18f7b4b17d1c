"""`manage.py make_package FILE.zip` (or a folder): the whole public catalogue as a Frictionless Data Package."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalogue.package import kept, writing


class Command(BaseCommand):
    help = (
        "Writes everything readers may see as a Frictionless Data Package: into FILE.zip, or an empty folder."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "target", type=Path, help="a file ending in .zip, or a folder that is empty or not there"
        )

    def handle(self, *, target: Path, verbosity: int, **options):
        try:
            made = self._made(target)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        if verbosity:
            rows = sum(file.rows or 0 for file in made.files)
            self.stdout.write(f"Version {made.version}: {len(made.files)} files, {rows} rows in {target}")

    def _made(self, target: Path) -> writing.Made:
        if target.suffix == ".zip":
            if target.is_dir():
                raise CommandError(f"{target} is a folder.")
            return writing.write_zip(target, kept.created)
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise CommandError(f"{target} is not an empty folder: name another, or a file ending in .zip.")
        target.mkdir(parents=True, exist_ok=True)
        return writing.write_folder(target, kept.created)
