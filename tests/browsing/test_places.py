"""The list of pages that the other tests here look at is complete."""

from django.urls import URLPattern, get_resolver, resolve
from django.urls.resolvers import LocalePrefixPattern

from tests.browsing import places

# What has no page for a reader to look at: it answers with data, or leads on.
NO_PAGES = {"suggest", "opensearch"}
OF_THE_API = ("_list", "_get")  # a list and a thing of each kind, all made by the same two templates


def names_of(patterns) -> set[str]:
    """The names of the addresses below a list of patterns, staff's left out."""
    found = set()
    for each in patterns:
        if isinstance(each, URLPattern):
            if each.name and not str(each.pattern).startswith("admin/"):
                found.add(each.name)
        elif each.app_name == "api":
            found |= {name for name in names_of(each.url_patterns) if not name.endswith(OF_THE_API)}
        elif each.app_name != "admin":
            found |= names_of(each.url_patterns)
    return found


def test_every_address_that_has_pages_is_looked_at(base):
    (of_pages,) = [
        each for each in get_resolver().url_patterns if isinstance(each.pattern, LocalePrefixPattern)
    ]
    seen = {resolve(stop.path.partition("?")[0].partition("#")[0]).url_name for stop in places.every(base)}
    left_out = names_of(of_pages.url_patterns) - NO_PAGES - seen
    assert not left_out, sorted(left_out)


def test_no_two_pages_have_one_name_for_they_would_have_one_picture(base):
    names = [stop.name for stop in places.every(base)]
    assert sorted(names) == sorted({*names})
