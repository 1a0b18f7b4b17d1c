"""The address of a list as its links need it: one value more, one less, another page, another ending."""

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.urls import Resolver404, get_script_prefix, resolve, reverse, translate_url
from django.utils.translation import get_language

_ANY = "any-slug"


class Address:
    """A path and its query, as ordered pairs. Never changed: each method gives a new one."""

    def __init__(self, path: str, pairs: Iterable[tuple[str, str]] = ()):
        self.path = path
        self.pairs = tuple(pairs)

    def __str__(self) -> str:
        return f"{self.path}?{urlencode(self.pairs)}" if self.pairs else self.path

    def having(self, name: str, value: str) -> "Address":
        """With this value besides what there is."""
        return Address(self.path, (*self.pairs, (name, value)))

    def without(self, name: str, value: str | None = None) -> "Address":
        """Without this value of the name, or without the name altogether."""
        kept = (pair for pair in self.pairs if pair[0] != name or value not in (None, pair[1]))
        return Address(self.path, kept)

    def toggled(self, name: str, value: str) -> "Address":
        """With the value where it is not there, without it where it is."""
        return self.without(name, value) if (name, value) in self.pairs else self.having(name, value)

    def setting(self, name: str, value: str) -> "Address":
        """With this as the only value of the name."""
        return self.without(name).having(name, value)

    def at(self, path: str) -> "Address":
        """The same query at another path."""
        return Address(path, self.pairs)


def with_ending(path: str, ending: str) -> str:
    """The same thing in another form: "/cases/" and "csv" give "/cases.csv"."""
    return f"{path.rstrip('/')}.{ending}"


def address_of(view: str, slug: str) -> str:
    """The address of the page of one thing in the active language; `reverse` is asked once for all of them."""
    before, after = around(view)
    return before + slug + after


def around(view: str) -> tuple[str, str]:
    """What stands before and after the slug in such addresses, for whoever writes very many."""
    return _around(view, get_language(), get_script_prefix())


def address_of_list(view: str) -> str:
    """The address of a list, or of any page without a slug, in the active language."""
    return _of_list(view, get_language(), get_script_prefix())


@lru_cache(maxsize=256)
def _of_list(view: str, language: str | None, prefix: str) -> str:
    return reverse(view)


def translated(address: str, language: str) -> str:
    """The address of the same page in another language."""
    path, mark, query = address.partition("?")
    return f"{_translated(path, language, get_language(), get_script_prefix())}{mark}{query}"


@lru_cache(maxsize=5_000)
def _translated(path: str, language: str, active: str | None, prefix: str) -> str:
    found = translate_url(path, language)
    if found != path or is_there(path):
        return found
    # It leads nowhere; so it does in the other language, which says so in its own words.
    bare = path.removeprefix(prefix)
    for code, _name in settings.LANGUAGES:
        bare = bare.removeprefix(f"{code}/")
    return f"{prefix}{bare}" if language == settings.LANGUAGE_CODE else f"{prefix}{language}/{bare}"


def is_there(path: str) -> bool:
    """Whether an address leads anywhere in the active language."""
    try:
        resolve(path)
    except Resolver404:
        return False
    return True


@lru_cache(maxsize=256)
def _around(view: str, language: str | None, prefix: str) -> tuple[str, str]:
    before, _slug, after = reverse(view, args=[_ANY]).partition(_ANY)
    return before, after
