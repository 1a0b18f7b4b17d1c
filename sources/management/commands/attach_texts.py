"""Attaches full source texts from your own copies, recognised by checksum; --remove detaches all."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from sources.attaching import AttachError, attach, detach
from sources.reading.errors import ReadingError


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path, metavar="DIR", nargs="?", help="folder of the texts")
        parser.add_argument("--remove", action="store_true", help="detach every text instead")

    def handle(self, *, folder: Path | None, remove: bool, verbosity: int, **options):
        if remove == bool(folder):
            raise CommandError("Name the folder of the texts, or --remove.")
        if remove:
            self.stdout.write(f"Detached {detach()} texts.")
            return
        try:
            report = attach(folder)
        except (AttachError, ReadingError, OSError) as error:
            raise CommandError(str(error)) from error
        if not verbosity:
            return
        for name in ("attached", "already_attached", "replaced"):
            for file, slug in getattr(report, name).items():
                self.stdout.write(f"{name.replace('_', ' ')}: {slug} ({file})")
        for file, remark in report.unknown.items():
            self.stdout.write(f"not attached: {file} {remark}")
        for slug in report.missing:
            self.stdout.write(f"no text yet: {slug}")
