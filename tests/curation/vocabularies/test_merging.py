"""Two themes made one: everything follows, the loader leaves it so, and undo takes all of it back."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from cases.models import Initiative, InitiativeTheme, Theme, ThemeBroader, ThemeMatch
from curation.vocabularies import merging
from curation.vocabularies.links import take_in
from records.models import FormerSlug
from records.operations import Change, Operation
from records.plain import plain
from records.reverting import undo
from tests.factories import (
    PUBLISHED,
    link_theme,
    make_case,
    make_city,
    make_programme,
    make_source,
    make_theme,
)
from tests.staff import curator, staff_with, told
from tests.web import ids

pytestmark = pytest.mark.django_db


def address(theme: Theme, name: str = "merge") -> str:
    return reverse(f"admin:cases_theme_{name}", args=[theme.pk])


def everything() -> dict:
    """What a merge may touch, as plain values."""
    models = (Theme, InitiativeTheme, ThemeBroader, ThemeMatch)
    return {
        (model.__name__, row.pk): plain(row)
        for model in models
        for row in model._base_manager.select_related()
    }


@pytest.fixture
def two():
    return make_theme("Streets", "街道", alt_labels="Roads"), make_theme("Public space", "公共空间")


def test_cases_follow_with_their_reasons_and_where_there_are_both_the_two_become_one(two):
    streets, space = two
    source, other = make_source(), make_source(title="Another paper")
    one, both, apart = make_case("One"), make_case("Both"), make_case("Apart")
    link_theme(one, streets, reason="It widens a street.", source=source, lines="3")
    link_theme(both, streets, reason="It widens a street.", source=source, lines="9; 3")
    link_theme(both, space, reason="It makes a square.", source=source, lines="5-6")
    link_theme(apart, streets, reason="It widens a street.", source=other, lines="7")
    link_theme(apart, space, reason="It makes a square.", source=source, lines="1")
    merging.merge(streets, space, None, "One thing.")
    rows = {link.initiative_id: link for link in InitiativeTheme.objects.all()}
    assert {link.theme_id for link in rows.values()} == {space.pk}
    assert rows[one.pk].reason == "It widens a street."
    assert (rows[both.pk].reason, rows[both.pk].lines) == (
        "It makes a square.\nIt widens a street.",
        "3; 5-6; 9",
    )
    assert rows[apart.pk].reason == "It makes a square.\nIt widens a street. (Another paper, 7)"
    assert (rows[apart.pk].source, rows[apart.pk].lines) == (source, "1")


def test_what_is_hidden_does_not_become_public_by_becoming_one():
    def link(reason, hidden):
        return InitiativeTheme(reason=reason, hidden=hidden)

    for kept, other, said in (
        (link("shown", False), link("secret", True), ("shown", False)),
        (link("secret", True), link("shown", False), ("shown", False)),
        (link("secret", True), link("too", True), ("secret\ntoo", True)),
    ):
        take_in(kept, other)
        assert (kept.reason, kept.hidden) == said


def test_the_old_address_and_the_old_filter_lead_on_and_the_old_name_finds(client, two):
    streets, space = two
    make_case("A", themes=(streets,))
    FormerSlug.objects.create(model="cases.theme", slug="ways", object_id=streets.pk)
    merging.merge(streets, space, None, "One thing.")
    for slug in ("streets", "ways"):
        answer = client.get(f"/themes/{slug}/")
        assert (answer.status_code, answer["Location"]) == (301, "/themes/public-space/")
    space.refresh_from_db()
    assert (space.other_names, space.other_names_zh) == (["Streets", "Roads"], ["街道"])
    assert len(ids(client, "theme=streets")) == len(ids(client, "q=roads")) == 1


def test_order_and_matches_follow_where_they_still_mean_something(two):
    streets, space = two
    city, crossings, squares = make_theme("City"), make_theme("Crossings"), make_theme("Squares")
    for narrower, broader in (
        (streets, city),
        (space, city),
        (crossings, streets),
        (streets, space),
        (space, squares),
    ):
        ThemeBroader.objects.create(narrower=narrower, broader=broader)
    common = {"label": "x", "scheme": "S", "reason": "r"}
    ThemeMatch.objects.create(theme=streets, uri="https://a.example/1", relation="exact", **common)
    ThemeMatch.objects.create(theme=streets, uri="https://a.example/2", relation="broad", **common)
    ThemeMatch.objects.create(theme=space, uri="https://a.example/2", relation="close", **common)
    merging.merge(streets, space, None, "One thing.")
    pairs = set(ThemeBroader.objects.values_list("narrower__name", "broader__name"))
    assert pairs == {("Public space", "City"), ("Public space", "Squares"), ("Crossings", "Public space")}
    assert set(ThemeMatch.objects.values_list("theme", "uri", "relation")) == {
        (space.pk, "https://a.example/1", "close"),
        (space.pk, "https://a.example/2", "close"),
    }


def test_what_would_close_a_circle_goes():
    top, middle, bottom = make_theme("Top"), make_theme("Middle"), make_theme("Bottom")
    ThemeBroader.objects.create(narrower=middle, broader=top)
    ThemeBroader.objects.create(narrower=bottom, broader=middle)
    before = everything()
    done = merging.merge(bottom, top, None, "One thing.")
    assert list(ThemeBroader.objects.values_list("narrower__name", "broader__name")) == [("Middle", "Top")]
    undo(done, None, "Not so.")
    assert everything() == before


def test_undo_takes_all_of_it_back(client, two):
    streets, space = two
    both = make_case("Both", themes=(streets, space))
    make_case("One", themes=(streets,))
    ThemeBroader.objects.create(narrower=streets, broader=space)
    ThemeMatch.objects.create(
        theme=streets, uri="https://a.example/1", relation="exact", label="x", scheme="S"
    )
    before = everything()
    done = merging.merge(streets, space, None, "One thing.")
    assert done.kind == Operation.Kind.MERGE
    assert Operation.objects.count() == 1
    assert everything() != before
    undo(done, None, "They differ.")
    assert everything() == before
    assert not FormerSlug.objects.exists()
    assert both.slug in ids(client, "theme=streets")
    assert client.get("/themes/streets/").status_code == 200


def test_loading_brings_neither_the_theme_nor_its_links_back(catalogue):
    theme = Theme.objects.get(slug="public-space")
    pk, into = theme.pk, Theme.objects.get(slug="urban-renewal")
    has_both = set(theme.initiative_links.values_list("initiative", flat=True)) & set(
        into.initiative_links.values_list("initiative", flat=True)
    )
    assert has_both  # or the test would show less
    done = merging.merge(theme, into, None, "One thing.")
    after = everything()
    call_command("load_catalogue", verbosity=0)
    assert everything() == after
    undo(done, None, "They differ.")
    before = everything()
    call_command("load_catalogue", verbosity=0)
    assert everything() == before
    assert Theme.objects.get(slug="public-space").pk == pk


def many(theme: Theme, number: int) -> None:
    city, programme = make_city(), make_programme()
    cases = Initiative.objects.bulk_create(
        Initiative(
            slug=f"c-{n}", title=f"C {n}", city=city, programme=programme, state=PUBLISHED, summary="x"
        )
        for n in range(number)
    )
    InitiativeTheme.objects.bulk_create(InitiativeTheme(initiative=c, theme=theme, reason="r") for c in cases)


def test_thousands_of_cases_follow_in_few_queries(two, django_assert_max_num_queries):
    streets, space = two
    many(streets, 3_000)
    half = InitiativeTheme.objects.order_by("pk")[:1_500]
    InitiativeTheme.objects.bulk_create(
        InitiativeTheme(initiative_id=link.initiative_id, theme=space, reason="s") for link in half
    )
    with django_assert_max_num_queries(150):
        merging.merge(streets, space, None, "One thing.")
    assert space.initiative_links.count() == 3_000
    assert Change.objects.filter(model="cases.initiativetheme").count() == 4_500


# --- the page


def test_the_page_shows_what_will_happen_and_does_it_only_on_the_second_button(two):
    streets, space = two
    make_case("Both", themes=(streets, space))
    make_case("One", themes=(streets,))
    client = curator()
    asked = {"into": space.pk, "reason": "One thing."}
    page = client.post(address(streets), asked | {"preview": "1"})
    said = page.content.decode()
    assert "2 cases go from “Streets” to “Public space”." in said
    assert "1 of them has both themes" in said
    assert "Streets, Roads, 街道" in said
    assert Theme.objects.count() == 2
    answer = client.post(
        address(streets), asked | {"confirm": "1", "seen": page.context["plan"].seen}, follow=True
    )
    assert "was merged into “Public space”, with 2 cases" in told(answer)
    operation = Operation.objects.get()
    assert (operation.reason, operation.by) == ("One thing.", "curator")


def test_what_changed_since_it_was_looked_at_is_looked_at_again(two):
    streets, space = two
    make_case("One", themes=(streets,))
    asked = {"into": space.pk, "reason": "One thing.", "confirm": "1", "seen": "0-0"}
    page = curator().post(address(streets), asked)
    assert "have changed meanwhile" in told(page)
    assert Theme.objects.count() == 2


def test_a_merge_needs_its_reason_and_another_theme(two):
    streets, _space = two
    page = curator().post(
        address(streets), {"into": streets.pk, "reason": " ", "confirm": "1", "seen": "0-0"}
    )
    assert {"into", "reason"} <= page.context["form"].errors.keys()
    assert Theme.objects.count() == 2


@pytest.mark.parametrize(
    "rights", [(), ("cases.view_theme", "cases.change_theme"), ("cases.change_theme", "cases.delete_theme")]
)
def test_nobody_merges_without_the_rights_not_even_by_hand(two, rights):
    streets, space = two
    client = staff_with(*rights)
    asked = {"into": space.pk, "reason": "One thing.", "confirm": "1", "seen": "0-0"}
    assert client.get(address(streets)).status_code == 403
    assert client.post(address(streets), asked).status_code == 403
    assert Theme.objects.count() == 2


def test_the_links_to_these_pages_stand_only_where_they_may_be_used(two):
    page = reverse("admin:cases_theme_change", args=[two[0].pk])
    assert address(two[0]) in curator().get(page).content.decode()
    assert address(two[0]) not in staff_with("cases.view_theme").get(page).content.decode()
