"""Runs the checks over the catalogue and brings the source checks in line with it; answers of curators stay."""

from django.core.management.base import BaseCommand
from django.db import transaction

from notes import sync


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="say what would be done and do nothing")

    def handle(self, *, dry_run: bool, verbosity: int, **options):
        with transaction.atomic():
            report = sync.run()
            if dry_run:
                transaction.set_rollback(True)
        if verbosity:
            self.stdout.write(f"Would do, did nothing. {report}" if dry_run else str(report))
