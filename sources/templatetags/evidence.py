"""Template tags that show where a thing was read."""

from urllib.parse import quote

from django import template

from records import dates
from sources.models import Source
from sources.printed import LINES_A_PAGE, PrintedTexts
from sources.readings import NAME

register = template.Library()


def _texts(context) -> PrintedTexts:
    """The texts of this request, so that a page with a hundred locators reads each text once."""
    request = context.get("request")
    if request is None:
        return PrintedTexts()
    if not hasattr(request, "printed_texts"):
        request.printed_texts = PrintedTexts()
    return request.printed_texts


def _address(source: Source | None, place: str, has_text: bool) -> str:
    """The page of the source, at the first line of the place.

    Where its text is not shown, that page says why, and what was read from these lines.
    """
    if source is None:
        return ""
    if place and not has_text:
        return f"{source.get_absolute_url()}?{NAME}={quote(place.replace(' ', ''), safe='-')}#lines"
    first = place.replace(";", "-").split("-")[0].strip()
    if not (has_text and first.isdigit()):
        return source.get_absolute_url()
    page = (int(first) - 1) // LINES_A_PAGE + 1
    query = f"?lines={page}" if page > 1 else ""
    return f"{source.get_absolute_url()}{query}#line-{first}"


@register.inclusion_tag("sources/_locator.html", takes_context=True)
def locator(context, record, part="", lines="", quote=True, brief=False, printed=True):
    """Where `record` was read: source, part of it (a section's heading), lines, the printed value, the line itself.

    `record` has a `source`; `lines` (first to last, "75-79; 83") stands in for the record's own. `brief` leaves
    out the name of the source, where a heading or caption has just said it; `printed=False` the printed value,
    where it stands beside.
    """
    place = lines or getattr(record, "lines", "")
    first, last = getattr(record, "first_line", None), getattr(record, "last_line", None)
    # A whole section is shown by the page itself; here only a line or two that carry a figure.
    passage = (
        _texts(context).passage(record.source, first, last) if quote and first and last - first < 3 else []
    )
    has_text = bool(record.source and _texts(context).lines_of(record.source))
    return {
        "source": record.source,
        "part": part,
        "lines": place,
        "several": "-" in place or ";" in place,
        "brief": brief,
        "has_text": has_text,
        "url": _address(record.source, place, has_text),
        "printed": getattr(record, "printed", "") if quote and printed else "",
        "passage": passage,
    }


@register.simple_tag(takes_context=True)
def passage(context, source, first, last):
    """The lines of an attached text, [] where readers may not see it."""
    return _texts(context).passage(source, first, last)


@register.filter
def edtf(text: str) -> str:
    """A date in the words of the active language."""
    return dates.label(text)


@register.filter
def plain_number(value) -> str:
    """A number for reading: 3,036,100; 7,434.4; without zeros nobody printed."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
