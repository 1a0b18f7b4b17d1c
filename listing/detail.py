"""Pages of one thing, each also as JSON at the same address with an ending."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils.translation import gettext as _
from django.utils.translation import override

from listing import citations, exports, linked
from listing.addresses import with_ending
from listing.columns import Table
from listing.formats import json_text
from listing.formats.base import Export
from listing.formats.cited import AUTHOR, LICENCE
from listing.middleware import LONGEST_REPEATED
from listing.text import is_plain, shown
from listing.views import DataView, page_of_record, site_of
from listing.withdrawn import withdrawn
from records import unseen
from records.models import FormerSlug, Publishable, Record

# What records call what they are about, in our own words.
_DESCRIBES = ("summary", "digest", "definition", "note")
LED_ON = 600  # seconds for which a browser need not ask again where a former address leads


class DetailView(DataView):
    """The page of one public record, its document as `.json`; a former slug leads to the present address.

    Where its `table` says how a row is cited, there are records for reference managers too (listing/citations.py).
    """

    table: Table | None = None

    def get(self, request: HttpRequest, slug: str, format: str | None = None) -> HttpResponse:
        self.object = self.get_queryset().filter(slug=slug).first() if is_plain(slug) else None
        if self.object is None:
            return self._withdrawn(slug, format) or self._moved(slug, format) or self._missing(slug, format)
        if format == "json":
            with override(settings.LANGUAGE_CODE):
                body = json_text.text(self.document(self.object)) + "\n"
            return HttpResponse(body, content_type=exports.FORMATS["json"].content_type)
        if format is not None:
            return self._citation(format)
        context = self.get_context_data(record=self.object)
        with override(settings.LANGUAGE_CODE):
            context |= {"linked_data": self.linked_data(context), "elements": self.elements(context)}
        return self.render_to_response(context)

    def linked_data(self, context: dict) -> dict | None:
        """The page as linked data (listing/linked.py), from what it shows; asked for in the default language."""
        return None

    def elements(self, context: dict) -> list[tuple[str, str]]:
        """What the head of the page says of it in Dublin Core; asked for in the default language."""
        return linked.dublin_core(self.described())

    def described(self) -> dict[str, Any]:
        """The elements of Dublin Core by name: what every page knows of its record."""
        record = self.object
        return {
            "title": str(record),
            "creator": AUTHOR,
            "description": next(filter(None, (getattr(record, name, "") for name in _DESCRIBES)), ""),
            "date": record.updated_at.date().isoformat(),
            "type": "Text",
            "format": "text/html",
            "identifier": page_of_record(record, self.request),
            "language": "en",
            "rights": LICENCE,
        }

    def document(self, record: Record) -> dict:
        """The record as one JSON object; asked for in the default language."""
        raise NotImplementedError

    def cited(self) -> Export:
        """The record as the one row of an export, for citations."""
        return Export(self.table, self.get_queryset().filter(pk=self.object.pk), site_of(self.request))

    def _citation(self, format: str) -> HttpResponse:
        """The record as reference managers take it."""
        if self.table is None or self.table.citation is None or format not in citations.FORMS:
            raise Http404(_("This page has no form “.%(format)s”.") % {"format": shown(format)})
        return citations.response(format, self.cited(), self.object.slug)

    def _withdrawn(self, slug: str, format: str | None) -> HttpResponse | None:
        """410 with when and why where the record, or what it hangs on, was withdrawn; nothing else, and no names."""
        record, of = self._withdrawn_record(slug=slug) if is_plain(slug) else (None, None)
        if record is None or of is None:
            return None
        return withdrawn(self.request, record, of, format)

    def _withdrawn_record(self, **which) -> tuple[Record | None, Publishable | None]:
        """A record whose address says that something was withdrawn, and what: itself, or what it hangs on."""
        model = self.record_class
        if not (issubclass(model, Publishable) or model.public_parents):
            return None, None  # nothing that could be withdrawn
        found = model.objects.filter(hidden=False, **which)
        record = (found.select_related(*model.public_parents) if model.public_parents else found).first()
        if record is None:
            return None, None
        of = unseen.withdrawn_of(record)
        return (record, of) if of is not None else (None, None)

    def _moved(self, slug: str, format: str | None) -> HttpResponse | None:
        """A lasting redirect, in the same form, where the slug is one that a public record once had."""
        if not is_plain(slug):
            return None
        former = FormerSlug.objects.filter(model=self.record_class._meta.label_lower, slug=slug).first()
        if former is None:
            return None
        record = self.get_queryset().filter(pk=former.object_id).first()
        record = record or self._withdrawn_record(pk=former.object_id)[0]
        if record is None:
            return None
        query = self.request.META.get("QUERY_STRING", "")
        query = query if len(query) <= LONGEST_REPEATED else ""
        address = self.address_of(record, format)
        answer = HttpResponsePermanentRedirect(address + (f"?{query}" if query else ""))
        # A merge may be taken back: a browser that was led on asks again after a while.
        answer["Cache-Control"] = f"max-age={LED_ON}"
        return answer

    def _missing(self, slug: str, format: str | None) -> HttpResponse:
        message = _(
            "There is no public %(kind)s at “%(slug)s”. It may have been taken back, or the address mistyped."
        )
        message %= {"kind": self.record_class._meta.verbose_name, "slug": shown(slug)}
        if format == "json":
            return exports.refusal(exports.FORMATS["json"], [message], status=404)
        raise Http404(message)

    def address_of(self, record: Record, format: str | None) -> str:
        """Where a record is found in such a form: its page for None."""
        if format is None:
            return record.get_absolute_url()
        with override(settings.LANGUAGE_CODE):
            return with_ending(record.get_absolute_url(), format)
