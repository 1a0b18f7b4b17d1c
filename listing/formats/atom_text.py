"""Atom (RFC 4287), written by Django: what was changed last among the rows of a list, or with `new` what came last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import escape
from operator import attrgetter
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.db.models import QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from listing.bulk import ids_of
from listing.formats.base import Export, Format
from listing.formats.cited import AUTHOR, Cited, cited

MOST = 50  # entries of a feed
NEW = "new"
# So many rows are looked up among all that changed, and more among what changed last, some at a time.
_FEW, _AT_ONCE = 900, 2_000
_ORDERS = {"": ("-updated_at", "changed"), NEW: ("-created_at", "made")}


def write(export: Export) -> Iterator[bytes]:
    """The feed of the rows of an export, newest first."""
    order, by = _ORDERS[export.kind]
    rows = export.queryset
    newest = rows.newest(order, MOST) if hasattr(rows, "newest") else _newest(rows, order)
    entries = sorted(cited(replace(export, queryset=newest)), key=attrgetter("key"))
    entries.sort(key=attrgetter(by), reverse=True)
    with override(settings.LANGUAGE_CODE):
        feed = _feed(export, max((each.changed for each in entries), default=""))
        for each in entries:
            _add(feed, each)
        yield feed.writeString("utf-8").encode()


def _newest(rows: Any, order: str) -> QuerySet:
    """Those of the rows that come first in an order by time, as a queryset in no order."""
    queryset = getattr(rows, "queryset", rows).order_by()
    numbers = ids_of(rows)
    if len(numbers) <= _FEW:
        found = (
            queryset.filter(pk__in=list(numbers)).order_by(order, "pk").values_list("pk", flat=True)[:MOST]
        )
        return _whole(queryset.filter(pk__in=list(found)))
    among, found = set(numbers), []
    for number in queryset.order_by(order, "pk").values_list("pk", flat=True).iterator(_AT_ONCE):
        found += [number] if number in among else []
        if len(found) == MOST:
            break
    return _whole(queryset.filter(pk__in=found))


def _whole(rows: QuerySet) -> QuerySet:
    """With all that a row of a list or an export says, where its records know what that is."""
    return rows.for_lists() if hasattr(rows, "for_lists") else rows


def _feed(export: Export, changed: str) -> Atom1Feed:
    name, query = export.table.name, export.query
    of_feed = "&".join(filter(None, (query, export.kind and f"for={export.kind}")))
    address = f"{export.site}/{name}.atom{of_feed and f'?{of_feed}'}"
    return _Feed(
        title=f"{AUTHOR}: {export.table.label or name}{_under(query)}",
        link=f"{export.site}/{name}/{query and f'?{query}'}",
        description="",
        subtitle=str(_("What cities tried, what came of it, and how anyone knows.")),
        author_name=AUTHOR,
        feed_url=address,
        feed_guid=address,
        language="en",
        updated=changed,
    )


def _under(query: str) -> str:
    """The filters of a list, so that its feeds can be told apart: " (theme=housing, q=water)"."""
    pairs = ", ".join(f"{name}={value}" for name, value in parse_qsl(query) if name != "sort")
    return f" ({pairs})" if pairs else ""


class _Feed(Atom1Feed):
    """Without entries it says that it never changed, and not that it changes whenever it is asked for."""

    def latest_post_date(self) -> datetime:
        return datetime.fromisoformat(self.feed["updated"] or "1970-01-01T00:00:00+00:00")


def _add(feed: Atom1Feed, what: Cited) -> None:
    feed.add_item(
        title=what.title,
        link=what.url,
        description=escape(what.abstract),  # it is called HTML there
        unique_id=what.url,
        pubdate=datetime.fromisoformat(what.made),
        updateddate=datetime.fromisoformat(what.changed),
        categories=[word for word in what.keywords.split("; ") if word],
    )


FORMAT = Format(
    name="atom",
    label=_("Atom feed: changed last"),
    content_type="application/atom+xml; charset=utf-8",
    write=write,
    kinds=((NEW, _("Atom feed: new here")),),
    is_attachment=False,
    needs="citation",
)
