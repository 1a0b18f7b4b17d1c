"""Template tags of the frame around every page."""

from functools import lru_cache
from urllib.parse import quote

from django import template
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from listing import citations
from listing.addresses import address_of_list, translated, with_ending
from listing.middleware import LONGEST_REPEATED

register = template.Library()

# Address name and label of the main navigation, in order. On a small screen only the first two stand outside.
PLACES = [
    ("cases:initiative_list", lambda: _("Cases")),
    ("cases:map", lambda: _("Map")),
    ("cities:city_list", lambda: _("Cities")),
    ("cases:theme_list", lambda: _("Themes")),
    ("cases:outcome_list", lambda: _("Outcomes")),
    ("declarations:declaration_list", lambda: _("Declarations")),
    ("notes:note_list", lambda: _("Source checks")),
]
# What stands folded away behind them, by what a reader is about.
FURTHER_PLACES = [
    (
        lambda: _("Seen as pictures"),
        [
            ("cases:charts", lambda: _("Charts")),
            ("cases:timeline", lambda: _("Timeline")),
        ],
    ),
    (
        lambda: _("Hold against each other"),
        [
            ("cases:crosswalk", lambda: _("How cases answer declarations")),
            ("cases:alike", lambda: _("Cities like mine")),
            ("cases:compare", lambda: _("Compare")),
            ("cases:lesson_list", lambda: _("Who learned from whom")),
        ],
    ),
    (
        lambda: _("What was promised"),
        [
            ("cities:plan_list", lambda: _("Plans")),
            ("cases:target_list", lambda: _("Targets")),
            ("cities:alliance_list", lambda: _("Alliances")),
        ],
    ),
    (
        lambda: _("Who, where, and read from what"),
        [
            ("cases:partner_list", lambda: _("Partners")),
            ("cases:place_list", lambda: _("Places")),
            ("sources:source_list", lambda: _("Sources")),
        ],
    ),
]


def every_place() -> list:
    """All places of the navigation, in order: name of the address, and what gives its label."""
    return [*PLACES, *(place for _label, places in FURTHER_PLACES for place in places)]


@register.simple_tag
def still(template: str) -> SafeString:
    """A part of the frame that is the same on every page of a language, rendered once in each process."""
    return _still(template, get_language(), get_script_prefix())


@lru_cache(maxsize=100)
def _still(template: str, language: str | None, prefix: str) -> SafeString:
    return mark_safe(render_to_string(template))  # noqa: S308 - a template's


@register.simple_tag(takes_context=True)
def main_navigation(context) -> SafeString:
    """The main navigation, with the place marked where the reader is."""
    path = context["request"].path if "request" in context else ""
    here = next((name for name, _label in every_place() if path.startswith(address_of_list(name))), "")
    return _navigation(here, get_language(), get_script_prefix())


@lru_cache(maxsize=100)
def _navigation(here: str, language: str | None, prefix: str) -> SafeString:
    further = [{"label": label(), "places": _listed(places, here)} for label, places in FURTHER_PLACES]
    is_further = any(place["current"] for group in further for place in group["places"])
    shown = {"places": _listed(PLACES, here), "further": further, "is_further": is_further}
    return mark_safe(render_to_string("_navigation.html", shown))  # noqa: S308 - a template's


def _listed(places: list, here: str) -> list[dict]:
    return [{"url": reverse(name), "label": label(), "current": name == here} for name, label in places]


def _address(context) -> str:
    """The page as links on it name it; where its query is too long for that, what was understood of it."""
    path = context["request"].get_full_path()
    if len(path) <= LONGEST_REPEATED:
        return path
    return context.get("understood_url") or context["request"].path


@register.simple_tag(takes_context=True)
def other_language(context) -> dict | None:
    """The same page in the other language: url, name in that language, and its tag for `lang`."""
    others = [code for code, _name in settings.LANGUAGES if code != get_language()]
    if not others or "request" not in context:
        return None
    info = get_language_info(others[0])
    return {
        "url": translated(_address(context), others[0]),
        "name": info["name_local"],
        "html_lang": {"zh-hans": "zh-Hans"}.get(others[0], others[0]),
    }


@register.filter
def html_lang(code: str) -> str:
    """A language code as the `lang` attribute wants it."""
    return {"zh-hans": "zh-Hans"}.get(code, code)


# A longer address of a page is shortened to its path: the form keeps no more.
LONGEST_REPORTED = 500


@register.simple_tag(takes_context=True)
def report_address(context) -> str:
    """The form for an error on this page; a page whose address is a secret names another as `report_page`."""
    page = context.get("report_page") or ""
    if not page and "request" in context:
        page = _address(context)
        page = page if len(page) <= LONGEST_REPORTED else context["request"].path
    address = reverse("curation:report")
    return f"{address}?page={quote(page)}" if page else address


@register.simple_tag(takes_context=True)
def json_address(context) -> str:
    """The page's record as JSON: one address, whatever the language of the page."""
    return _in_form(context, "json")


@register.simple_tag(takes_context=True)
def citation_addresses(context) -> list[dict[str, str]]:
    """Where the page is found as a record for reference managers: label and url of each form."""
    return [{"label": label, "url": _in_form(context, ending)} for ending, label in citations.FORMS.items()]


def _in_form(context, ending: str) -> str:
    return with_ending(translated(context["request"].path, settings.LANGUAGE_CODE), ending)
