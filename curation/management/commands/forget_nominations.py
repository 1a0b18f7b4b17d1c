"""`manage.py forget_nominations`: deletes what of nominations and error reports need not be kept. To be run daily."""

from django.core.management.base import BaseCommand

from curation.nominations import drafts, guard


class Command(BaseCommand):
    help = (
        "Deletes expired drafts, old spam, and what is known of people whose nomination or report was closed."
    )

    def handle(self, *args, **options):
        counts = drafts.forget_due()
        guard.forget_days()
        self.stdout.write(
            f"{counts['drafts']} expired drafts and {counts['spam']} pieces of spam deleted; "
            f"{counts['people']} people forgotten."
        )
