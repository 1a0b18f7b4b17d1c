"""Every page of staff, the forms that readers send and the main pages, in both languages, as axe-core judges them."""

import pytest

from declarations.models import Declaration
from tests import tour
from tests.browser import needs_browser
from tests.everything import make_everything

axe = pytest.importorskip("axe_playwright_python.sync_playwright")
pytestmark = needs_browser
PARTS = {
    "kinds": tour.of_every_kind,
    "work": tour.of_the_work,
    "history": tour.of_the_history,
    "readers": lambda: [*tour.of_readers(), *tour.of_the_catalogue()],
}
OVERFLOWS = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"


@pytest.fixture
def world(settings):
    """Everything the tour speaks of."""
    settings.SEARCH_IN_TRANSACTIONS = False
    make_everything(2)
    tour.prepare()
    assert Declaration.objects.exists()


def told(violations: list[dict]) -> list[str]:
    """Each violation as its rule and the places where it is."""
    return [
        f"{each['id']} at {node['target'][0]}: {node['html'][:120]}"
        for each in violations
        for node in each["nodes"]
    ]


@pytest.mark.parametrize("language", ["", "/zh-hans"], ids=["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_nothing_on_any_page_shuts_somebody_out(open_page, world, part, language):
    found, people = {}, {}
    for stop in PARTS[part]():
        page = people.get(stop.who) or people.setdefault(stop.who, open_page(stop.who))
        answer = page.goto(language + stop.path)
        assert answer.status < 500, stop.name
        stop.act(page)
        violations = axe.Axe().run(page).response["violations"]
        if violations:
            found[stop.name] = told(violations)
    assert not found, "\n".join(f"{name}: {each}" for name, all_of in found.items() for each in all_of)


@pytest.mark.parametrize("language", ["", "/zh-hans"], ids=["en", "zh"])
@pytest.mark.parametrize("part", PARTS)
def test_no_page_scrolls_sideways_on_a_phone(open_page, world, part, language):
    found, people = [], {}
    for stop in PARTS[part]():
        page = people.get(stop.who) or people.setdefault(stop.who, open_page(stop.who, 360))
        page.goto(language + stop.path)
        stop.act(page)
        if page.evaluate(OVERFLOWS):
            found.append(stop.name)
    assert found == []
