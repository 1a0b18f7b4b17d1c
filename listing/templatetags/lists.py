"""What a list repeats some hundred times on a page, made here: as templates these cost more than the rest of the page.

Every text is escaped where it is put in; what comes out is ready for a page.
"""

from collections.abc import Iterable
from functools import lru_cache
from html import escape

from django import template
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from listing.facets import FacetGroup, FacetValue
from listing.meant import in_words
from listing.problems import Problem
from listing.terms import Term
from records.templatetags.names import english
from search.highlights import Match, Reason, Segment, Snippet

register = template.Library()


@register.simple_tag
def facet_groups(groups: Iterable[FacetGroup]) -> SafeString:
    """The filters of a list with their values, those without any left out; those with a single one in a fold."""
    find_others = _find_others(get_language())
    shown = [each for each in groups if each.values or each.is_long]
    made = [_group(each, find_others) for each in shown if not each.is_single]
    return mark_safe("".join([*made, _fold([each for each in shown if each.is_single])]))  # noqa: S308 - escaped


def _fold(groups: list[FacetGroup]) -> str:
    """The filters with a single value, one line for all of them; open where one of those values is chosen."""
    if not groups:
        return ""
    narrowing = [each for each in groups if not each.is_same]
    same = _same([each for each in groups if each.is_same])
    heading = escape(_("The same in all of them"))
    if narrowing:
        same = f"{heading}{escape(_(': '))}{same}" if same else ""
        heading = escape(_("Further filters"))
    told = f'<p class="filters__same small muted">{same}</p>\n' if same else ""
    is_open = " open" if any(each.is_chosen for each in narrowing) else ""
    lines = "".join(map(_single, narrowing))
    return (
        f'<details class="filters__single"{is_open}><summary>{heading}</summary>\n{lines}{told}</details>\n'
    )


def _single(group: FacetGroup) -> str:
    """A filter with a single value, which says itself whose value it is."""
    note = f'<p class="filters__note small muted">{escape(group.note)}</p>\n' if group.note else ""
    value = _value(group.name, group.values[0], f"{group.label}{_(': ')}")
    return f'<div data-name="{escape(group.name)}">{value}\n{note}</div>\n'


def _same(groups: Iterable[FacetGroup]) -> str:
    """The filters whose one value every row has, in words."""
    return escape(_("; ")).join(
        f'<span data-name="{escape(each.name)}">{escape(each.label)}{escape(_(": "))}{_label(each.values[0])}</span>'
        for each in groups
    )


@register.simple_tag(takes_context=True)
def meant(context: dict, problem: Problem) -> SafeString:
    """What a value that is not known may have been meant to be: links to the same query with that instead."""
    if not problem.meant:
        return mark_safe("")
    request = context["request"]
    links = [
        f'<a href="{escape(_instead(request, problem, term))}" rel="nofollow">{escape(in_words(term))}</a>'
        for term in problem.meant
    ]
    said = escape(_("Did you mean %(values)s?")) % {"values": escape(_(", ")).join(links)}
    return mark_safe(f" {said}")  # noqa: S308 - escaped


def _instead(request: HttpRequest, problem: Problem, term: Term) -> str:
    """The address that was asked for, with a known value in the place of the one that is not."""
    query = request.GET.copy()
    asked = [term.value if text.strip() == problem.value else text for text in query.getlist(problem.name)]
    query.setlist(problem.name, list(dict.fromkeys(asked)))
    return f"{request.path}?{query.urlencode()}"


def _label(value: FacetValue) -> str:
    quoted = f' <span lang="en">{escape(value.quoted)}</span>' if value.quoted else ""
    return f"{escape(value.label)}{quoted}"


@lru_cache
def _find_others(language: str | None) -> str:
    """What the field for further values is called, in the active language, which is `language`."""
    return escape(_("Find others by name"))


def _group(group: FacetGroup, find_others: str) -> str:
    note = f'<p class="filters__note small muted">{escape(group.note)}</p>\n' if group.note else ""
    values = _values(group.name, group.values)
    further = _further(group, find_others) if group.is_long else ""
    return (
        f'<fieldset class="filters__group" data-name="{escape(group.name)}">\n<legend>{escape(group.label)}</legend>\n'
        f"{note}{values}\n{further}</fieldset>\n"
    )


def _further(group: FacetGroup, find_others: str) -> str:
    """What is folded away, and the field that finds what is beyond."""
    name, find = escape(group.find_name), escape(group.find)
    folded = ""
    if group.more:
        beyond = f'<p class="small">{escape(_beyond(group.beyond))}</p>\n' if group.beyond else ""
        count = len(group.more)
        more = escape(ngettext("%(count)s more", "%(count)s more", count) % {"count": count})
        folded = (
            f'<details class="filters__more"><summary>{more}</summary>\n{_values(group.name, group.more)}\n'
            f"{beyond}</details>\n"
        )
    return (
        f'{folded}<p class="filters__find"><label for="{name}">{find_others}</label>\n'
        f'<input type="search" id="{name}" name="{name}" value="{find}" maxlength="100"></p>\n'
    )


def _beyond(count: int) -> str:
    said = ngettext("%(count)s other can be found by name.", "%(count)s others can be found by name.", count)
    return said % {"count": count}


def _values(name: str, values: Iterable[FacetValue]) -> str:
    """The values of a filter as checkboxes, each with its count."""
    return "\n".join([_value(name, each) for each in values])


def _value(name: str, value: FacetValue, before: str = "") -> str:
    """A value as a checkbox with its count; `before` stands before what it is called."""
    empty = "" if value.count else ' class="is-empty"'
    box = _box(name, value.value, before + value.label, value.quoted, value.selected)
    return f'<label{empty}>{box} <span class="count">{value.count}</span></label>'


@lru_cache(maxsize=5_000)
def _box(name: str, value: str, label: str, quoted: str, is_selected: bool) -> str:
    """A checkbox and what it is called: the same on page after page."""
    checked = " checked" if is_selected else ""
    gap = "" if label[-1:] in ("", "：") else " "
    original = f'{gap}<span lang="en">{escape(quoted)}</span>' if quoted else ""
    return (
        f'<input type="checkbox" name="{escape(name)}" value="{escape(value)}"{checked}> '
        f'<span class="label">{escape(label)}{original}</span>'
    )


@register.simple_tag
def marked(segments: Iterable[Segment]) -> SafeString:
    """A text with what was searched for marked in it."""
    return mark_safe(_marked(segments))  # noqa: S308 - escaped


def _marked(segments: Iterable[Segment]) -> str:
    return "".join(
        [f"<mark>{escape(each.text)}</mark>" if each.marked else escape(each.text) for each in segments]
    )


@register.simple_tag
def snippets(match: Match) -> SafeString:
    """The pieces of text that show why something was found, and what is no literal match."""
    reasons = "".join(f"<li>{_reason(each)}</li>" for each in match.reasons)
    why = f'<ul class="snippet__why small muted">{reasons}</ul>' if reasons else ""
    return mark_safe("".join(map(_snippet, match.snippets)) + why)  # noqa: S308 - escaped


def _snippet(snippet: Snippet) -> str:
    label = f'<span class="snippet__label">{escape(snippet.label)}{_(": ")}</span>' if snippet.label else ""
    lang = f' lang="{escape(snippet.lang)}"' if snippet.lang else ""
    return f'<p class="snippet">{label}<span{lang}>{_marked(snippet.segments)}</span></p>\n'


def _reason(reason: Reason) -> str:
    if reason.why == "synonym":
        said = _("“%(found)s”: synonym of “%(typed)s”")
    elif reason.why == "division":
        said = _("“%(named)s” is a part of “%(found)s”")
    else:
        said = _("“%(found)s”: for the typed “%(typed)s”")
    words = {"found": reason.found, "typed": reason.typed, "named": reason.named}
    return escape(said) % {name: english(word) for name, word in words.items()}
