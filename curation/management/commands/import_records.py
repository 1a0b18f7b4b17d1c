"""`manage.py import_records cases list.csv --source my-list --map "Name of project=title"`: a list, from here."""

from __future__ import annotations

from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from curation.imports import limits, mapping, reading, work
from curation.imports.encodings import NAMES, Unreadable
from curation.imports.models import Import, ImportRow
from curation.imports.tables import IMPORTERS
from sources.models import Source


class Command(BaseCommand):
    help = "Imports a list (CSV or XLSX), all or nothing, after showing what it would make and change."

    def add_arguments(self, parser):
        parser.add_argument("table", choices=sorted(IMPORTERS))
        parser.add_argument("file", type=Path)
        parser.add_argument("--source", required=True, help="slug of the source that the records keep")
        parser.add_argument(
            "--map",
            action="append",
            default=[],
            metavar="THEIRS=OURS",
            help='their column and ours, "Name of project=title"; "=VALUE=ours" for the same in all rows',
        )
        parser.add_argument("--encoding", default="", choices=["", *NAMES])
        parser.add_argument(
            "--sheet", default="", help="of a spreadsheet; the first that has rows unless named"
        )
        parser.add_argument("--user", default="", help="in whose name it is done")
        parser.add_argument(
            "--reason",
            default="",
            help="why, for the history; nobody insists here, and without one the log says only who, when and what list",
        )
        parser.add_argument("--leave-out-refused", action="store_true", help="imports the other rows")
        parser.add_argument("--dry-run", action="store_true", help="only says what it would do")
        parser.add_argument("--yes", action="store_true", help="does not ask")

    def handle(self, *args, **options):
        job, table = self._begin(options)
        job.columns = {**job.columns, **self._columns(options["map"], job, table)}
        self.stdout.write(_("Read as %(how)s.") % {"how": job.encoding or job.sheet})
        job.save()
        with self.settings_for_one_process():
            work.plan(job, table)
            self._show(job)
            if options["dry_run"]:
                job.delete()
                return
            self._confirm(job, options)

    def settings_for_one_process(self):
        """A command waits for its work."""
        from django.test.utils import override_settings

        return override_settings(IMPORTS_IN_BACKGROUND=False)

    def _begin(self, options: dict) -> tuple[Import, reading.Table]:
        path, user = options["file"], None
        source = Source.objects.filter(slug=options["source"]).first()
        if source is None:
            raise CommandError(
                _("There is no source “%(slug)s”: add it first.") % {"slug": options["source"]}
            )
        if options["user"]:
            user = get_user_model().objects.filter(username=options["user"]).first()
            if user is None:
                raise CommandError(_("There is no account “%(name)s”.") % {"name": options["user"]})
        try:
            size = path.stat().st_size
            if size > limits.MOST_BYTES:
                raise CommandError(reading.too_big(size))
            how = reading.How(options["encoding"], "", options["sheet"])
            job = work.begin(options["table"], path.name, path.read_bytes(), source, user, how)
        except OSError as error:
            raise CommandError(str(error)) from error
        except Unreadable as error:
            raise CommandError(str(error)) from error
        return job, work.table_of(job)

    def _columns(self, said: list[str], job: Import, table: reading.Table) -> mapping.Chosen:
        chosen: mapping.Chosen = {}
        for pair in said:
            theirs, _equals, ours = pair.rpartition("=")
            chosen[ours] = {"value": theirs[1:]} if theirs.startswith("=") else {"column": theirs}
        unknown = mapping.problems(IMPORTERS[job.table], table.heading, chosen)
        if unknown:
            job.delete()
            raise CommandError(_("There is no such column: %(names)s.") % {"names": ", ".join(unknown)})
        return chosen

    def _show(self, job: Import) -> None:
        job.refresh_from_db()
        if job.state != Import.State.PLANNED:
            raise CommandError(job.stopped_by)
        for value, label in ImportRow.Status.choices:
            self.stdout.write(f"{label}: {job.counts[value]}")
        for row in job.rows.filter(status=ImportRow.Status.REFUSED):
            for cell, column, text in row.told:
                self.stdout.write(f"  {row.line} {cell} {column}: {text}")

    def _confirm(self, job: Import, options: dict) -> None:
        if job.counts["refused"] and not options["leave_out_refused"]:
            raise CommandError(_("Rows are refused: nothing was imported."))
        if not work.to_do(job.counts):
            self.stdout.write(str(work.NOTHING))
            job.delete()
            return
        if not options["yes"] and input(_("Import this? (yes/no) ")).strip() != "yes":
            raise CommandError(_("Nothing was imported."))
        work.confirm(job, options["leave_out_refused"], options["reason"])
        job.refresh_from_db()
        if job.state != Import.State.DONE:
            raise CommandError(job.stopped_by)
        self.stdout.write(_("Imported."))
