"""`manage.py export cases --query "theme=housing" --format csv`: the rows of a list page, as a file."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.http import QueryDict
from django.urls import Resolver404, resolve

from listing import exports
from listing.formats.base import Export
from listing.views import ListView


class Command(BaseCommand):
    help = "Writes the rows of a list page, filtered by its own query, to standard output or a file."

    def add_arguments(self, parser):
        parser.add_argument("list", help="the list as its address calls it: cases for /cases/")
        parser.add_argument("--query", default="", help='as in the address: "theme=housing&city=nanjing"')
        parser.add_argument("--format", choices=sorted(exports.FORMATS), default="csv")
        parser.add_argument("--for", dest="kind", default="", help="spreadsheet: the CSV for spreadsheets")
        parser.add_argument("--output", type=Path, help="the file to write; without it, standard output")
        parser.add_argument(
            "--site",
            default=getattr(settings, "SITE_URL", "") or "http://127.0.0.1:8000",
            help="scheme and host in front of addresses of pages (default: %(default)s)",
        )

    def handle(self, *args, **options):
        view = self._view(options["list"])
        selection = view.select(QueryDict(options["query"].removeprefix("?")))
        if selection.problems:
            raise CommandError(" ".join(problem.in_words for problem in selection.problems))
        form = exports.form_of(options["format"], view.table)
        if form is None:
            raise CommandError(f"/{options['list']}/ has no form .{options['format']}.")
        try:
            kind = exports.kind_of(form, [options["kind"]])
        except exports.UnknownKind as error:
            raise CommandError(str(error)) from error
        if said := exports.too_many(form, selection.rows):
            raise CommandError(said)
        export = Export(view.table, selection.rows, options["site"].rstrip("/"), kind, selection.near)
        if options["output"]:
            _write_whole(form.write(export), options["output"])
        else:
            self._print(form.write(export))

    def _view(self, name: str) -> ListView:
        """The view at the address of the list; CommandError where there is none."""
        try:
            view_class = getattr(resolve(f"/{name.strip('/')}/").func, "view_class", None)
        except Resolver404:
            view_class = None
        if view_class is None or not issubclass(view_class, ListView):
            raise CommandError(f"There is no list at /{name}/. Try: export cases")
        return view_class()

    def _print(self, chunks: Iterator[bytes]) -> None:
        """The bytes as they are, past the encoding of the terminal, wherever there is a way past it."""
        raw = getattr(self.stdout, "buffer", None)
        for chunk in chunks:
            if raw is not None:
                raw.write(chunk)
            else:
                self.stdout.write(chunk.decode(), ending="")
        if raw is not None:
            raw.flush()


def _write_whole(chunks: Iterator[bytes], target: Path) -> None:
    """Writes beside the target and moves into place at the end: an error leaves no half file."""
    with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
        partial = Path(file.name)
        try:
            for chunk in chunks:
                file.write(chunk)
            file.close()
            # A temporary file is its owner's alone; the result is to be as readable as any other file.
            mask = os.umask(0)
            os.umask(mask)
            partial.chmod(0o666 & ~mask)
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
