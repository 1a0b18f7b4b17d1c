from django.core.management.base import BaseCommand, CommandError

from catalogue import dictionary


class Command(BaseCommand):
    help = "Writes docs/data-dictionary.md from the declared columns; --check only says whether it is up to date."

    def add_arguments(self, parser):
        parser.add_argument(
            "--check", action="store_true", help="write nothing, fail when the page is out of date"
        )

    def handle(self, *args, check: bool, **options):
        text = dictionary.text()
        if not check:
            dictionary.PATH.write_text(text, encoding="utf-8")
        elif not dictionary.PATH.exists() or dictionary.PATH.read_text(encoding="utf-8") != text:
            raise CommandError("docs/data-dictionary.md is out of date: run `manage.py data_dictionary`.")
