"""Which pages readers can come to, and in which states: for the tests that look at each of them, and for pictures.

A new list, or a page that is about no record, needs nothing here: it is found in the sitemap. One record of each kind
(`THINGS`), what is seen in other ways (`PICTURES`), and what pages come to look like when something is asked or done
there (`STATES`) are named by hand, with the committed data in mind and what `world` makes beside it.
"""

from __future__ import annotations

import re
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.browsing.world import LETTERS, WITHDRAWN

XIANNING = "xianning-child-friendly-routes-to-school"
LANGUAGES = {"en": "", "zh": "/zh-hans"}


def nothing(page: Any) -> None:
    """What is done on most pages before they are looked at."""


@dataclass(frozen=True)
class Stop:
    """A page as a reader comes to it: its address without language, and what is done there before it is looked at."""

    name: str
    path: str
    act: Callable[[Any], None] = nothing
    status: int = 200


# --- what is done there


def suggested(page: Any) -> None:
    """Types the beginning of a city's name into the search of the whole catalogue."""
    page.locator("#site-q").press_sequentially("hai")
    page.locator("[role=option]").first.wait_for()


def filtered(page: Any) -> None:
    """Ticks the first box of the filters; the list follows at once."""
    unfolded(page)
    page.locator("form.filters input[type=checkbox]:not(:checked)").first.check()
    page.locator("ul.chips").first.wait_for(state="attached")


def unfolded(page: Any) -> None:
    """Opens the sheet of filters, which is one on a small screen alone."""
    if page.locator("details.sheet > summary").is_visible():
        page.locator("details.sheet > summary").click()


def more(page: Any) -> None:
    """Opens the menu of further places."""
    page.locator(".site-nav__more > summary").click()


def sent_empty(page: Any) -> None:
    """Sends a form that lacks everything, past what the browser itself would refuse."""
    page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
    with page.expect_navigation():
        page.locator("main form button[type=submit], main form button:not([type])").last.click()


# --- the pages

THINGS = [
    # With every part that a case may have.
    Stop("case", f"/cases/{XIANNING}/"),
    Stop("case-changes", "/cases/dalian-zhongshan-grid-governance/"),
    Stop("case-much", "/cases/qingdao-global-metropolis-strategy/"),
    Stop("city", "/cities/dalian/"),
    Stop("city-doubtful", "/cities/bijie/"),
    Stop("theme", "/themes/urban-renewal/"),
    Stop("theme-broad", "/themes/public-space/"),
    Stop("declaration", "/declarations/ningbo-initiative/"),
    Stop("declaration-first", "/declarations/guangzhou-declaration/#article-3"),
    Stop("alliance", "/alliances/china-international-cities-development-alliance/"),
    Stop("plan", "/plans/ningbo-internationalisation-plan/"),
    Stop("source", "/sources/guangzhou-award-6-collection/"),
    Stop("source-data", "/sources/geonames/"),
    Stop("note", "/notes/bijie-zhijin-water-environment-density-against-area/"),
    Stop("partner", "/partners/7th-elementary-school-of-xianning/"),
    Stop("place", "/places/yundang-lagoon-xiamen/"),
]

PICTURES = [
    Stop("map-filtered", "/map/?theme=urban-renewal&theme=public-space"),
    Stop("charts-filtered", "/charts/?theme=urban-renewal"),
    Stop("timeline-filtered", "/timeline/?theme=urban-renewal"),
    Stop("compare-cases", f"/compare/?case={XIANNING}&case=dalian-zhongshan-grid-governance"),
    Stop("compare-cities", "/compare/?city=dalian&city=xianning&city=bijie"),
    Stop("compare-wrong", "/compare/?case=no-such-case"),
    Stop("collection-held", f"/collection/?case={XIANNING}&case=harbin-patent-navigation"),
    Stop("api-root", "/api/v1/"),
    Stop("api-list", "/api/v1/cases/"),
    Stop("api-thing", "/api/v1/cities/dalian/"),
    Stop("api-search", "/api/v1/search/?q=water"),
    Stop("api-nothing", "/api/v1/none/", status=404),
]

STATES = [
    Stop("suggestions", "/", suggested),
    Stop("menu", "/crosswalk/", more),
    Stop("cases-sheet", "/cases/", unfolded),
    Stop("cases-chips", "/cases/?theme=urban-renewal&theme=public-space&city=shanghai"),
    Stop("cases-filtered", "/cases/", filtered),
    Stop("cases-words", "/cases/?q=water"),
    Stop("cases-none", "/cases/?q=zeppelin&city=dalian"),
    Stop("cases-misspelt", "/cases/?q=wetlnads"),
    Stop("cases-wrong", "/cases/?city=atlantis"),
    Stop("outcomes-page", "/outcomes/?page=2"),
    Stop("outcomes-filtered", "/outcomes/", filtered),
    Stop("crosswalk-filtered", "/crosswalk/", filtered),
    Stop("notes-filtered", "/notes/", filtered),
    Stop("notes-high", "/notes/?severity=high"),
    Stop("targets-none", "/targets/?q=zeppelin"),
    Stop("search", "/search/"),
    Stop("search-results", "/search/?q=water"),
    Stop("search-near", "/search/?q=lagoon+houses+neonatal+patent"),
    Stop("search-none", "/search/?q=zeppelin"),
    Stop("search-chinese", "/search/?q=海口"),
    Stop("alike-answer", "/like-mine/?city=dalian&theme=urban-renewal"),
    Stop("alike-wrong", "/like-mine/?population=many"),
    Stop("missing", "/cases/no-such-case/", status=404),
    Stop("gone", f"/cases/{WITHDRAWN}/", status=410),
    Stop("nominate-refused", "/nominate/", sent_empty),
    Stop("report", "/report/?page=/cases/"),
    Stop("report-refused", "/report/?page=/cases/", sent_empty),
    *(Stop(f"nominate-{state}", f"/nominate/{token}/") for state, token in LETTERS.items()),
    Stop("nominate-delete", f"/nominate/{LETTERS['draft']}/delete/"),
    Stop("nominate-confirm", f"/nominate/confirm/confirm-{LETTERS['sent']}/"),
    Stop("nominate-unknown", "/nominate/no-such-link/", status=404),
]


def fixed(base: str) -> list[Stop]:
    """Lists, and pages that are about no record, as the sitemap of the site at `base` has them."""
    with urllib.request.urlopen(f"{base}/sitemap-pages.xml") as answer:  # noqa: S310 - the site under test
        paths = re.findall(r"<loc>https?://[^/<]+([^<]*)</loc>", answer.read().decode())
    return [Stop(path.strip("/").replace("/", "-") or "home", path) for path in paths]


def every(base: str) -> list[Stop]:
    """Every kind of page of the site at `base`, in every state."""
    return [*fixed(base), *THINGS, *PICTURES, *STATES]
