"""Some cases of a theme get another one, instead or beside; all of it can be undone."""

import pytest
from django.core.management import call_command

from cases.models import InitiativeTheme, Theme, ThemeBroader
from curation.vocabularies import splitting
from curation.vocabularies.splitting import Split
from records.operations import Operation
from records.reverting import undo
from tests.curation.vocabularies.test_merging import address, everything, many
from tests.factories import link_theme, make_case, make_theme
from tests.staff import curator, staff_with, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def water():
    theme = make_theme("Water")
    for title in ("River park", "River bank", "Harbour"):
        make_case(title, themes=(theme,))
    return theme


def links_of(theme: Theme) -> set[str]:
    return set(theme.initiative_links.values_list("initiative__title", flat=True))


def send(client, theme, button="preview", **typed):
    asked = {"reason": "They are about rivers.", "how": "instead", "which": "ticked", **typed}
    return client.post(address(theme, "split"), asked | {button: "1"})


def confirm(client, theme, **typed):
    """Both buttons, one after the other."""
    page = send(client, theme, **typed)
    assert page.context["plan"], page.context["form"].errors
    return send(client, theme, "confirm", seen=page.context["plan"]["seen"], **typed)


def test_ticked_cases_get_a_new_theme_instead_of_the_old_one(water):
    client = curator()
    ticked = [link.pk for link in water.initiative_links.filter(initiative__title__startswith="River")]
    new = {"name": "Rivers", "definition": "What runs.", "is_narrower": "on", "link": ticked}
    page = send(client, water, **new)
    assert "2 cases get “Rivers”" in page.content.decode()
    assert not Theme.objects.filter(name="Rivers").exists()
    assert "2 cases stand under “Rivers” now" in told(client.get(confirm(client, water, **new)["Location"]))
    rivers = Theme.objects.get(slug="rivers")
    assert links_of(rivers) == {"River park", "River bank"}
    assert links_of(water) == {"Harbour"}
    assert ThemeBroader.objects.get().broader == water
    assert set(rivers.initiative_links.values_list("reason", flat=True)) == {
        "for a test\nThey are about rivers."
    }


def test_all_that_the_search_finds_get_an_old_theme_beside(water):
    rivers = make_theme("Rivers")
    link_theme(water.initiative_links.get(initiative__title="River bank").initiative, rivers, reason="before")
    page = send(curator(), water, into=rivers.pk, how="beside", which="found", q="river")
    assert "1 of them has it already and stays as it is." in page.content.decode()
    asked = {"into": rivers.pk, "how": "beside", "which": "found", "q": "river"}
    client = page.client
    confirm(client, water, **asked)
    assert links_of(rivers) == {"River park", "River bank"}
    assert len(links_of(water)) == 3
    assert dict(rivers.initiative_links.values_list("initiative__title", "reason")) == {
        "River bank": "before",
        "River park": "They are about rivers.",
    }


def test_undo_takes_a_split_back_with_the_new_theme(water):
    before = everything()
    new = Theme(slug="rivers", name="Rivers", definition="What runs.")
    rows = splitting.found(water, "river")
    done = splitting.split(Split(water, new, "instead", "So.", is_narrower=True), rows, None)
    assert done.kind == Operation.Kind.MERGE
    assert everything() != before
    undo(done, None, "Not so.")
    assert everything() == before


def test_loading_leaves_a_split_as_it_is(catalogue):
    theme = Theme.objects.get(slug="public-space")
    new = Theme(slug="waterfronts", name="Waterfronts", definition="By the water.")
    splitting.split(Split(theme, new, "instead", "So."), splitting.found(theme, ""), None)
    after = everything()
    call_command("load_catalogue", verbosity=0)
    assert everything() == after
    assert not theme.initiative_links.exists()


def test_ticks_are_kept_from_page_to_page_and_nothing_typed_is_lost():
    theme = make_theme("Water")
    many(theme, 60)
    client = curator()
    first = client.get(address(theme, "split")).context["choice"]
    ticked = [link.pk for link in first.page][:2]
    turned = client.post(
        address(theme, "split"),
        {
            "link": ticked,
            "shown": first.shown,
            "turn": "2",
            "reason": "Because.",
            "name": "Rivers",
            "how": "beside",
        },
    )
    second = turned.context["choice"]
    assert (second.page.number, second.ticked) == (2, set(ticked))
    said = turned.content.decode()
    assert "Because." in said
    assert 'value="Rivers"' in said
    back = client.post(
        address(theme, "split"), {"ticked": second.as_text, "shown": second.shown, "turn": "1"}
    )
    assert back.content.decode().count(" checked") >= 2
    # Unticked on the page where it stands.
    cleared = client.post(
        address(theme, "split"), {"ticked": second.as_text, "shown": first.shown, "link": ticked[:1]}
    )
    assert cleared.context["choice"].ticked == {ticked[0]}


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "into"),
        ({"name": "Rivers"}, "definition"),
        ({"name": "水", "definition": "x"}, "name"),
        ({"name": "Water", "definition": "x"}, "name"),
        ({"name": "Rivers", "definition": "x", "reason": ""}, "reason"),
        ({"name": "Rivers", "definition": "x"}, "which"),
        ({"name": "Rivers", "definition": "x", "how": "sideways"}, "how"),
        ({"into": "99999"}, "into"),
        ({"into": "abc\x00"}, "into"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_is_done(water, typed, field):
    page = send(curator(), water, "confirm", seen="0-0", **typed)
    assert field in page.context["form"].errors
    assert page.context["plan"] is None
    assert not Operation.objects.exists()


def test_links_of_another_theme_cannot_be_split_off_by_hand(water):
    other = make_case("Elsewhere", themes=(make_theme("Housing"),))
    page = send(
        curator(),
        water,
        into=Theme.objects.get(name="Housing").pk,
        link=[other.theme_links.get().pk, "x", "9" * 30],
    )
    assert "which" in page.context["form"].errors


def test_nobody_splits_without_the_rights_and_a_new_theme_needs_its_own(water):
    assert staff_with("cases.view_theme").get(address(water, "split")).status_code == 403
    from django.contrib.auth.models import User

    User.objects.all().delete()
    client = staff_with("cases.change_theme", "cases.change_initiativetheme")
    ticked = [link.pk for link in InitiativeTheme.objects.all()]
    page = send(client, water, "confirm", name="Rivers", definition="x", link=ticked, seen="3-0")
    assert "into" in page.context["form"].errors
    assert Theme.objects.count() == 1


def test_thousands_are_split_in_few_queries(django_assert_max_num_queries):
    theme, other = make_theme("Water"), make_theme("Rivers")
    many(theme, 3_000)
    with django_assert_max_num_queries(70):
        splitting.split(Split(theme, other, "beside", "So."), splitting.found(theme, "c"), None)
    with django_assert_max_num_queries(70):
        splitting.split(
            Split(theme, make_theme("Creeks"), "instead", "So."), splitting.found(theme, "c"), None
        )
    assert not theme.initiative_links.exists()
