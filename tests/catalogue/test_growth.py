"""However much hangs on one thing, its page costs the same: few queries, a bounded size, the rest on further pages."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import CommitmentLink, Initiative, InitiativeTheme, Outcome, Target, Theme, Unit
from cities.models import City, Member
from declarations.models import Article
from search.corpus import indexes
from search.service import snapshot
from sources.models import Ruling, Source, SourceText
from tests import factories as make
from tests.everything import make_everything

pytestmark = pytest.mark.django_db


LISTS = [
    "cases",
    "outcomes",
    "crosswalk",
    "cities",
    "themes",
    "declarations",
    "alliances",
    "plans",
    "sources",
]


def grow(count: int) -> None:
    """`count` more cases on the one theme, city and source there is, and as many of what else can be many."""
    theme, city, source = (
        Theme.objects.filter(initiative_links__isnull=False).first(),
        City.objects.first(),
        Source.objects.get(slug__startswith="d"),
    )
    programme, first = make.Programme.objects.first(), Initiative.objects.count()
    numbers = range(first, first + count)
    place = {"source": source, "first_line": 3, "last_line": 4, "printed": "7,434"}
    cases = Initiative.objects.bulk_create(
        Initiative(
            slug=f"grown-{n:05}", title=f"Grown {n:05}", summary="What was done. " * 9, city=city,
            programme=programme, state="published", **place,
        )
        for n in numbers
    )  # fmt: skip
    InitiativeTheme.objects.bulk_create(
        InitiativeTheme(initiative=case, theme=theme, reason="A reason. " * 9, source=source, lines="3-4")
        for case in cases
    )
    article = Article.objects.get()
    CommitmentLink.objects.bulk_create(
        CommitmentLink(initiative=case, article=article, reason="A reason. " * 9, source=source, lines="3-4")
        for case in cases
    )
    unit = Unit.objects.get()
    Outcome.objects.bulk_create(
        Outcome(
            initiative=case, key="trees", indicator="trees planted", scope="in the park", value=7, unit=unit,
            status="achieved", reason="A reason. " * 9, **place,
        )
        for case in cases
    )  # fmt: skip
    Ruling.objects.bulk_create(
        Ruling(key=f"r-{n}", kind="misprint", reason="x" * 80, **place) for n in numbers
    )
    City.objects.bulk_create(
        City(slug=f"c-{n}", name=f"C {n:05}", country="CN", state="published", place_source=source)
        for n in numbers
    )
    Theme.objects.bulk_create(Theme(slug=f"t-{n}", name=f"T {n:05}", definition="d") for n in numbers)
    alliance, plan = source.alliances.get(), source.plans.get()
    Member.objects.bulk_create(
        Member(alliance=alliance, name=f"M {n:05}", kind="city", city=city, evidence="named", **place)
        for n in numbers
    )
    Target.objects.bulk_create(
        Target(plan=plan, city=plan.city, key=f"t-{n}", target=f"T {n}", **place) for n in numbers
    )


def addresses() -> list[str]:
    one = [
        *(model.objects.order_by("pk").first().get_absolute_url() for model in (Initiative, Theme, City)),
        *(getattr(Source.objects.get(slug__startswith="d"), name).get().get_absolute_url()
          for name in ("alliances", "plans", "declarations_declaration_set")),
        Source.objects.get(slug__startswith="d").get_absolute_url(),
    ]  # fmt: skip
    filtered = (
        f"/cases/?q=grown&theme={Theme.objects.order_by('pk').first().slug}&country=china&sort=-population"
    )
    ledger = "/outcomes/?q=trees&unit=ha&status=achieved&before_after=no&sort=-value"
    return ["/", *(f"/{name}/" for name in LISTS), filtered, ledger, *one]


def cost_of(client, address: str) -> tuple[int, int]:
    """Queries and bytes of a page, the search indexes being up to date."""
    for index in indexes():
        snapshot(index)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200, address
    return len(queries), len(response.content)


def test_pages_cost_the_same_whatever_hangs_on_them(client):
    make_everything(1)
    grow(130)
    few = {address: cost_of(client, address) for address in addresses()}
    grow(400)
    many = {address: cost_of(client, address) for address in addresses()}
    for address, (queries, size) in many.items():
        assert queries == few[address][0], address
        assert queries < 36, address
        # Longer numbers and one link more; never a row more.
        assert size < few[address][1] + 2_000, address


def test_a_case_of_many_sections_asks_no_more_than_one_of_few(client):
    make_everything(1)
    case = Initiative.objects.get()
    place = {"source": case.source, "first_line": 3, "last_line": 4}
    few, _size = cost_of(client, case.get_absolute_url())
    for _number in range(12):
        make.make_section(case, "What was done.", **place)
    assert cost_of(client, case.get_absolute_url())[0] == few


@pytest.mark.parametrize("count", [14, 300])
def test_a_case_of_many_outcomes_asks_no_more_than_one_of_few(client, count):
    make_everything(1)
    case, unit = Initiative.objects.get(), Unit.objects.get()
    place = {"source": case.source, "first_line": 3, "last_line": 4, "printed": "7"}
    few, _size = cost_of(client, case.get_absolute_url())
    Outcome.objects.bulk_create(
        Outcome(
            initiative=case, key=f"o-{n}", indicator="trees", value=7, unit=unit, status="target", **place
        )
        for n in range(count)
    )
    many, _size = cost_of(client, case.get_absolute_url())
    assert many == few


def walked(client, address: str, pattern: str) -> list[str]:
    """What `pattern` finds on a page and on all pages its links "next" lead to."""
    found = []
    while address:
        html = client.get(address).content.decode()
        found += re.findall(pattern, html)
        following = re.search(r'<a rel="next" href="([^"]+)"', html)
        address = unescape(following[1]) if following else ""
    return found


def test_the_pages_of_a_theme_hold_every_case_once_with_its_reason(client):
    make_everything(1)
    grow(45)
    address = Theme.objects.filter(initiative_links__isnull=False).order_by("pk").first().get_absolute_url()
    page = client.get(address)
    assert page.content.decode().count('<li class="row"') == 20
    assert page.content.decode().count("A reason.") >= 19
    found = walked(client, address, r'<li class="row" data-id="([^"]+)"')
    assert len(found) == len(set(found)) == 46
    assert client.get(f"{address}?page=4").status_code == 404


def test_themes_come_twenty_a_page_and_all_can_be_reached(client):
    for number in range(41):
        make.make_theme(f"Theme {number:02}")
    assert len(client.get("/themes/").context["page_obj"]) == 20
    assert len(set(walked(client, "/themes/", r'<li class="row" data-id="([^"]+)"'))) == 41


@pytest.mark.parametrize(("part", "count"), [("cases", 46), ("memberships", 46)])
def test_the_parts_of_a_city_go_on_where_they_stand(client, part, count):
    make_everything(1)
    grow(45)
    address = City.objects.order_by("pk").first().get_absolute_url()
    context = client.get(address).context[part]
    assert (context.count, len(list(context))) == (count, 20)
    html = client.get(f"{address}?{part}=2").content.decode()
    assert f'href="{address}?{part}=3#{part}"' in html
    assert f'id="{part}"' in html
    gone = client.get(f"{address}?{part}=9")
    assert gone.status_code == 404
    assert f'href="{address}?{part}=3#{part}"' in gone.content.decode()


def test_a_long_text_goes_on_and_places_lead_to_the_right_page(client):
    make_everything(1)
    source = Source.objects.get(slug__startswith="d")
    SourceText.objects.update(text="a line\n" * 4_500)
    Source.objects.update(full_text_public=True, line_count=4_501)
    address = source.get_absolute_url()
    assert len(re.findall('id="line-', client.get(address).content.decode())) == 2_000
    ruling = Ruling.objects.get()
    Ruling.objects.filter(pk=ruling.pk).update(first_line=4_001, last_line=4_001)
    link = f"{address}?lines=3#line-4001"
    assert f'href="{link}"' in client.get(address).content.decode()
    assert 'id="line-4001"' in client.get(link).content.decode()
    assert 'id="line-2000"' in client.get(f"{address}?lines=1").content.decode()


def test_cities_without_figures_keep_the_filters_on_their_further_pages(client):
    for number in range(61):
        make.make_city(f"City {number:02}", country="CN")
    html = client.get("/cities/?country=china").content.decode()
    assert 'href="/cities/?country=china&amp;without=2#without"' in html
    assert "City 60" not in html
    assert "City 60" in client.get("/cities/?country=china&without=2").content.decode()
