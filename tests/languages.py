"""Every public page in one language, and what on them is written in another without saying so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import parse_qs, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

from django.test import Client
from django.urls import Resolver404, resolve
from django.utils.translation import override

from tests.web import body_of

CHINESE = "zh-Hans"
HAN = re.compile("[\u3400-\u9fff]+")
LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ'’.&/-]*")
VOID = {"br", "input", "link", "meta", "img", "hr", "source", "wbr", "col", "area", "base", "track", "embed"}
# What machines read, or what is the same in every language.
UNREAD = {"script", "style", "code", "pre", "svg"}
SPOKEN = ("aria-label", "aria-description", "placeholder", "title", "alt", "data-label", "label")
# What the head says of a page, by the name or property of its element.
SAID_IN_HEAD = {"description", "og:title", "og:description", "og:site_name"}
# An address or a mail address is no word of any language.
ADDRESS = re.compile(r"https?://\S+|\S+@\S+|(?<!\S)/[\w./?=&#-]+|\b[\w.]+\.org\b|\b[0-9a-f]{8,}\b")
# What was cut in the middle of a name that is too long for the head.
CUT = re.compile(r"([A-Za-z][^。，；：“”\u3400-\u9fff]*)…")
# Beyond the sitemap, so many pages of a view are asked for: without a query, with one, and with the same names in it.
# Links that add a filter lead to every set of filters there is.
WITHOUT_A_QUERY, WITH_A_QUERY, WITH_THE_SAME_NAMES = 20, 6, 2


@dataclass(frozen=True)
class Piece:
    """Words of a page: the language they are marked as, where they stand, and what they say."""

    language: str
    place: str
    text: str


@dataclass(frozen=True)
class Page:
    """One page as it was answered."""

    html: str
    cookies: frozenset[str]


class Pieces(HTMLParser):
    """The words of a page, those that are only spoken or shown by style sheets included."""

    def __init__(self, html: str):
        super().__init__()
        self.pieces: list[Piece] = []
        self.links: list[str] = []
        self._open: list[tuple[str, str, bool]] = []  # tag, language, read by people
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        _tag, language, is_read = self._open[-1] if self._open else ("", "", True)
        language = given.get("lang", language)
        self._say(tag, given, language)
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag not in VOID:
            self._open.append((tag, language, is_read and tag not in UNREAD))

    def _say(self, tag: str, given: dict[str, str], language: str) -> None:
        said = [(f"{tag} {name}", given[name]) for name in SPOKEN if given.get(name)]
        if tag == "input" and given.get("type") in ("submit", "reset", "button"):
            said.append(("button", given.get("value", "")))
        if tag == "meta" and given.get("name", given.get("property")) in SAID_IN_HEAD:
            said.append((f"meta {given.get('name', given.get('property'))}", given.get("content", "")))
        self.pieces += [Piece(language, place, text) for place, text in said]

    def handle_endtag(self, tag):
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        tag, language, is_read = self._open[-1] if self._open else ("", "", True)
        if is_read and data.strip():
            self.pieces.append(Piece(language, tag, data))


def latin_in(html: str, kept: Iterable[str], names: Iterable[str] = ()) -> list[str]:
    """Words in Latin letters that stand on a Chinese page as if they were Chinese: "place: words".

    `kept` are words that Chinese keeps; `names` are titles of things, which may stand in the head and in what is only
    spoken: neither can say that its language is another one.
    """
    kept = frozenset(kept)
    by_length = sorted(set(names), key=len, reverse=True)
    found = []
    for piece in Pieces(html).pieces:
        if piece.language != CHINESE:
            continue
        text = ADDRESS.sub("·", piece.text)
        if piece.place == "title" or " " in piece.place:
            text = _without(by_length, text)
        words = [word for each in LATIN.findall(text) if (word := each.strip(".-'’/")) and word not in kept]
        if words:
            found.append(f"{piece.place}: {' '.join(words)}")
    return found


def _in_head(piece: Piece) -> bool:
    return piece.place == "title" or piece.place.startswith("meta ")


def _without(names: list[str], text: str) -> str:
    """A text without the names in it, whole or cut short."""
    cut = CUT.search(text)
    if cut and any(name.startswith(cut[1]) for name in names):
        text = text.replace(cut[1], "·")
    for name in names:
        text = text.replace(name, "·")
    return text


def han_in(html: str, names: Iterable[str] = ()) -> list[str]:
    """Chinese characters that stand on an English page as if they were English; `names` may stand in the head."""
    pieces = [
        piece
        for piece in Pieces(html).pieces
        if piece.language in ("", "en")
        and not (_in_head(piece) and any(each in piece.text for each in names))
    ]
    return [f"{piece.place}: {piece.text.strip()[:80]}" for piece in pieces if HAN.search(piece.text)]


def of_sitemap(client: Client) -> list[str]:
    """Every address of the sitemap, without its host."""
    found = []
    for part in _locations(client, "/sitemap.xml"):
        found += _locations(client, urlsplit(part).path + (f"?{q}" if (q := urlsplit(part).query) else ""))
    return [urlsplit(address).path for address in found]


def _locations(client: Client, address: str) -> Iterator[str]:
    tree = ElementTree.fromstring(body_of(client.get(address)))  # noqa: S314 - our own
    for each in tree.iter():
        if each.tag.endswith("}loc") and each.text:
            yield each.text


def pages_in(client: Client, prefix: str, further: Iterable[str] = ()) -> dict[str, Page]:
    """The pages of one language: all of the sitemap, and of what they link to some of each kind.

    `prefix` is "/zh-hans" or ""; `further` are addresses that nothing links to.
    """
    queue = [each for each in of_sitemap(client) if _is_in(each, prefix)] + list(further)
    pages, seen, kinds = {}, set(queue), Counter()
    while queue:
        address = queue.pop(0)
        response = client.get(address)
        if not response.get("Content-Type", "").startswith("text/html"):
            response.close()
            continue
        pages[address] = Page(body_of(response).decode(), frozenset(response.cookies))
        for link in Pieces(pages[address].html).links:
            target = urldefrag(urljoin(address, link))[0]
            if target in seen or not _is_in(target, prefix):
                continue
            seen.add(target)
            wanted = _kinds(target)
            if all(kinds[kind] < most for kind, most in wanted):
                kinds.update(kind for kind, _most in wanted)
                queue.append(target)
    return pages


def _is_in(address: str, prefix: str) -> bool:
    _scheme, host, path, *_rest = urlsplit(address)
    # The browsable pages of the API are for programmers, and in English alone.
    if "/api/v1/" in path:
        return False
    if host or not path.startswith("/") or path.startswith("/admin/") or "." in path.rsplit("/", 1)[-1]:
        return False
    is_chinese = path.startswith("/zh-hans/")
    return is_chinese == bool(prefix)


def _kinds(address: str) -> list[tuple[tuple, int]]:
    """What an address is one of, by its view and by the names in its query, and how many of each are asked for."""
    parts = urlsplit(address)
    with override("zh-hans" if parts.path.startswith("/zh-hans/") else "en"):
        try:
            view = resolve(parts.path).view_name
        except Resolver404:
            view = parts.path
    if not parts.query:
        return [((view,), WITHOUT_A_QUERY)]
    names = tuple(sorted(parse_qs(parts.query)))
    return [((view, "?"), WITH_A_QUERY), ((view, names), WITH_THE_SAME_NAMES)]
