"""Publishes what was scheduled and is due."""

from django.core.management.base import BaseCommand

from records.schedule import publish_due


class Command(BaseCommand):
    help = "Publishes what was scheduled and is due now, and says what stands in the way of the rest."

    def handle(self, *args, **options):
        done, waiting = publish_due()
        for record in done:
            self.stdout.write(f"published: {record._meta.verbose_name} {record}")
        for record, problems in waiting:
            self.stdout.write(f"not published: {record._meta.verbose_name} {record}: {'; '.join(problems)}")
        self.stdout.write(f"{len(done)} published, {len(waiting)} not.")
