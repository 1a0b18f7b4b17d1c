"""The very lines of an attached text, beside the record that was read from them."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from sources import lines
from sources.models import Source, SourceText
from sources.printed import PrintedTexts

# So many lines stand open; longer passages start folded.
OPEN_LINES = 3


class StaffTexts(PrintedTexts):
    """Staff see the attached text of every source, whether or not its rights let readers see it."""

    def lines_of(self, source: Source | None) -> list[str] | None:
        if source is None:
            return None
        if source.pk not in self._lines:
            text = SourceText.objects.filter(source=source).values_list("text", flat=True).first()
            self._lines[source.pk] = None if text is None else text.split("\n")
        return self._lines[source.pk]

    def passage(self, source, first, last):
        """As readers see it; a place that is nothing but noise (a caption, a running header) as it is printed."""
        found = super().passage(source, first, last)
        if not found and first is not None and last is not None:
            lines = self.lines_of(source) or []
            found = [line.strip() for line in lines[first - 1 : last] if line.strip()]
        return found


def texts_of(request: HttpRequest) -> StaffTexts:
    """The texts one page needs, each read once however many rows quote it."""
    if not hasattr(request, "staff_texts"):
        request.staff_texts = StaffTexts()
    return request.staff_texts


def places(record) -> list[tuple[int, int]]:
    """Where a record was read: the ranges of its `lines`, which may be half typed."""
    try:
        return lines.parse(record.lines)
    except ValueError:
        return []


def passage_html(passages: Iterable[str], printed: str = "") -> SafeString:
    """Lines as HTML, one a paragraph; the value as printed is marked; folded where long."""
    passages = list(passages)
    body = format_html_join("", "<p>{}</p>", ((_marked(line, printed),) for line in passages))
    if len(passages) <= OPEN_LINES:
        return format_html('<div class="printed-lines">{}</div>', body)
    summary = _("%(count)d lines: %(start)s …") % {"count": len(passages), "start": passages[0][:60]}
    return format_html('<details class="printed-lines"><summary>{}</summary>{}</details>', summary, body)


def _marked(line: str, printed: str) -> SafeString:
    if not printed or printed not in line:
        return conditional_escape(line)
    before, after = line.split(printed, 1)
    return format_html("{}<mark>{}</mark>{}", before, printed, after)


def preview(record, texts: StaffTexts) -> SafeString:
    """What the attached text prints where `record` was read; says why where there is nothing to show."""
    ranges = places(record) if record.pk else []
    if not ranges or record.source is None:
        return mark_safe("–")
    if texts.lines_of(record.source) is None:
        return _("The text of this source is not attached here.")
    found = [line for first, last in ranges for line in texts.passage(record.source, first, last)]
    return passage_html(found, getattr(record, "printed", "")) if found else _("Those lines hold no text.")
