"""`/like-mine/`, and its rows as data."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import override

from cases.alike.columns import ALIKE
from cases.alike.fields import form_context
from cases.alike.form import FIGURES, NEED, Question
from cases.alike.method import LEAST, SPANS
from cases.alike.results import Answer, Neighbour, answer
from cases.alike.words import NEAR
from cities.models import City
from listing import exports
from listing.export_links import export_links
from listing.formats import json_text
from listing.formats.base import Export
from listing.text import shown
from listing.views import DataView, site_of


@dataclass(frozen=True)
class Rows:
    """The rows of an answer, as an export takes them."""

    rows: list[Neighbour]

    def count(self) -> int:
        """How many there are."""
        return len(self.rows)

    def iterator(self, chunk_size: int) -> Iterator[Neighbour]:
        """Each of them."""
        return iter(self.rows)


class AlikePage(DataView):
    """The form, and the nearest cities with their cases."""

    record_class = City
    template_name = "cases/alike.html"

    def get(self, request: HttpRequest, format: str | None = None) -> HttpResponse:
        self.question = Question(request.GET, request.path, getattr(request, "query_too_long", False))
        if format is not None:
            return self.export(request, format)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs) -> dict:
        question, found = self.question, None
        if question.is_asked and not question.problems:
            found = answer(question)
        return super().get_context_data(
            question=question,
            answer=found,
            problems=question.problems,
            form=form_context(question),
            unlabelled_url=str(question.address.setting("scope", "unlabelled")),
            scales=[{"label": each.label, "span": SPANS[each.figure]} for each in FIGURES.values()],
            words=NEAR,
            least=LEAST,
            export_links=export_links(ALIKE, self.question.address.at(self.request.path))
            if found and found.rows
            else [],
            **kwargs,
        )

    def export(self, request: HttpRequest, format: str) -> HttpResponse:
        """The rows of the page; 400 with a message where the question is wrong or empty."""
        form = exports.form_of(format, ALIKE)
        if form is None:
            raise Http404(_("This list has no form “.%(format)s”.") % {"format": shown(format)})
        if self.question.problems:
            return exports.refused(form, self.question.problems)
        if not self.question.is_asked:
            names = ", ".join(("city", *FIGURES))
            return exports.refusal(form, [_("Nothing is asked: give one of %(names)s.") % {"names": names}])
        try:
            kind = exports.kind_of(form, request.GET.getlist("for"))
        except exports.UnknownKind as error:
            return exports.refusal(form, [str(error)])
        with override(settings.LANGUAGE_CODE):
            found = answer(self.question)
            if form.name == "json":
                body = json_text.text(document(found, site_of(request))) + "\n"
                return HttpResponse(body, content_type=form.content_type)
        return exports.response(form, Export(ALIKE, Rows(found.rows), site_of(request), kind))


def document(found: Answer, site: str) -> dict:
    """The answer as one JSON object: what was asked, by which method, how many were left out, and the rows."""
    question = found.question
    asked = {"city": question.city.slug if question.city else None, "scope": question.scope or None}
    asked |= {name: question.numbers.get(name) for name in FIGURES}
    asked |= {name: [term.value for term in question.need.chosen.get(name, ())] for name in NEED}
    return {
        "asked": asked,
        "method": {"spans": SPANS, "least_figures": LEAST},
        "compared_without_known_scope": found.is_unlabelled,
        "not_comparable": found.left_out_count,
        "count": len(found.rows),
        "results": [ALIKE.document(row, site) for row in found.rows],
    }
