"""The synonyms of search, loaded with the rest of the data: records/ and search/ do not know of each other."""

from __future__ import annotations

from django.conf import settings
from django.core.management import CommandError

from records.loading import loaded
from search import seeds


def connect() -> None:
    """Has the synonyms loaded whenever the fixtures were."""
    loaded.connect(load, dispatch_uid="catalogue.synonyms")


def load(dry_run: bool, **kwargs) -> str:
    """Loads them and says what was done, in a line."""
    try:
        report = seeds.load(seeds.read(settings.SYNONYMS), dry_run=dry_run)
    except seeds.SeedError as error:
        raise CommandError(f"The synonyms were not loaded. {error}") from error
    kept = "".join(f"\n  kept: {key}, edited by a curator" for key in report.kept)
    return f"Synonyms: {report}{kept}"
