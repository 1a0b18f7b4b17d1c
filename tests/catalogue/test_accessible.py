"""Every page of staff, the forms that readers send and the main pages, in both languages, as axe-core judges them."""

import pytest
from axe_playwright_python import sync_playwright as axe

from declarations.models import Declaration
from tests import tour
from tests.browser import needs_browser
from tests.everything import make_everything

pytestmark = needs_browser
PARTS = {
    "kinds": tour.of_every_kind,
    "work": tour.of_the_work,
    "history": tour.of_the_history,
    "readers": lambda: [*tour.of_readers(), *tour.of_the_catalogue()],
}
# The list of everything beside each page is judged where the pages are of many kinds, not once more on each list.
BESIDE = {"exclude": [["#nav-sidebar"]]}
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
def test_nothing_on_any_page_shuts_somebody_out_or_lies_outside_a_phone(open_page, world, part, language):
    wrong, people, context = [], {}, BESIDE if part == "kinds" else None
    for stop in PARTS[part]():
        page = people.get(stop.who) or people.setdefault(stop.who, open_page(stop.who))
        page.set_viewport_size({"width": 1280, "height": 900})
        answer = page.goto(language + stop.path)
        assert answer.status < 500, stop.name
        stop.act(page)
        wrong += [
            f"{stop.name}: {each}" for each in told(axe.Axe().run(page, context).response["violations"])
        ]
        page.set_viewport_size({"width": 360, "height": 740})
        if page.evaluate(OVERFLOWS):
            wrong.append(f"{stop.name}: scrolls sideways at 360 px")
    assert not wrong, "\n".join(wrong)
