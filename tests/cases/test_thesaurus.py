"""Themes as a vocabulary: broader and narrower, other names, matches, and all of it as SKOS."""

from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import IntegrityError, transaction

from cases.models import Theme, ThemeBroader, ThemeMatch
from cases.thesaurus import MOST_LEVELS, Order
from records.edits import edited
from tests.factories import make_case, make_theme
from tests.staff import curator, errors, row, save
from tests.web import csv_rows, ids, json_of

pytestmark = pytest.mark.django_db


def above(narrower: Theme, broader: Theme) -> ThemeBroader:
    return ThemeBroader.objects.create(narrower=narrower, broader=broader)


def chain(*names: str) -> list[Theme]:
    """Themes, each broader than the next."""
    themes = [make_theme(name) for name in names]
    for broader, narrower in pairwise(themes):
        above(narrower, broader)
    return themes


# --- no circles


def test_the_form_refuses_a_circle_at_the_broader_theme_and_says_which():
    top, _middle, bottom = chain("Water", "Rivers", "Creeks")
    said = errors(save(curator(), top, **row("broader_links", 0, broader=bottom.pk)))
    assert "“Creeks” stands below “Water” already" in said
    assert ThemeBroader.objects.count() == 2


def test_a_theme_is_not_broader_than_itself():
    theme = make_theme("Water")
    assert "“Water” stands below “Water”" in errors(
        save(curator(), theme, **row("broader_links", 0, broader=theme.pk))
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeBroader.objects.bulk_create([ThemeBroader(narrower=theme, broader=theme)])


def test_saving_without_a_form_refuses_a_circle_too():
    top, middle, bottom = chain("Water", "Rivers", "Creeks")
    with pytest.raises(IntegrityError), transaction.atomic():
        above(top, bottom)
    link = ThemeBroader.objects.get(narrower=middle)
    link.broader = bottom
    with pytest.raises(IntegrityError), transaction.atomic():
        link.save()


def test_more_levels_than_allowed_are_refused():
    themes = chain(*(f"Level {number}" for number in range(MOST_LEVELS)))
    link = ThemeBroader(narrower=make_theme("One more"), broader=themes[-1])
    with pytest.raises(ValidationError, match="levels of themes"):
        link.clean()


def test_a_theme_may_have_several_broader_ones():
    water, parks = make_theme("Water"), make_theme("Parks")
    theme = make_theme("Waterfronts")
    above(theme, water)
    above(theme, parks)
    assert Order().above(theme.pk) == {water.pk, parks.pk}
    assert Order().below(water.pk) == {theme.pk}


# --- names


def test_another_name_that_is_a_name_already_is_refused():
    theme = make_theme("Water", "水")
    staff = curator()
    assert "“water” is a name of this theme already" in errors(save(staff, theme, alt_labels="water"))
    assert errors(save(staff, theme, alt_labels="Waters\nWater bodies", alt_labels_zh="水体")) == ""
    theme.refresh_from_db()
    assert theme.every_name == ["Water", "水", "Waters", "Water bodies", "水体"]


def test_other_names_find_the_cases_and_say_so(client):
    theme = make_theme("Public space", alt_labels="Placemaking", hidden_labels="plazzas")
    case = make_case("A square", themes=(theme,))
    make_case("Another")
    assert ids(client, "q=placemaking") == ids(client, "q=plazzas") == [case.slug]
    page = client.get("/cases/", {"q": "placemaking"}).content.decode()
    assert "<mark>Placemaking</mark>" in page


def test_a_name_given_later_finds_at_once(client):
    theme = make_theme("Public space")
    case = make_case("A square", themes=(theme,))
    assert ids(client, "q=placemaking") == []
    assert errors(save(curator(), theme, alt_labels="Placemaking")) == ""
    assert ids(client, "q=placemaking") == [case.slug]


def test_loading_again_neither_takes_the_names_away_nor_calls_the_theme_edited(catalogue):
    theme = Theme.objects.order_by("pk").first()
    assert errors(save(curator(), theme, alt_labels="Another name")) == ""
    call_command("load_catalogue", verbosity=0)
    theme.refresh_from_db()
    assert theme.alt_labels == "Another name"
    assert edited([theme]) == set()


# --- pages and files


def test_the_page_shows_what_is_above_and_below_and_counts_each_for_itself(client):
    water, rivers = chain("Water", "Rivers")
    make_case("On a river", themes=(rivers,))
    make_case("On water", themes=(water,))
    page = client.get(water.get_absolute_url())
    assert [(theme.slug, theme.case_count) for theme in page.context["narrower"]] == [("rivers", 1)]
    assert page.context["links"].count == 1
    assert client.get(rivers.get_absolute_url()).context["broader"] == [water]
    # The filter means exactly the theme.
    assert len(ids(client, "theme=water")) == 1


def test_a_match_shows_its_vocabulary_and_reason_and_only_a_web_address_is_taken(client):
    theme = make_theme("Cities")
    match = {
        "relation": "close",
        "uri": "http://metadata.un.org/sdg/11",
        "label": "Goal 11",
        "scheme": "UN SDG",
        "reason": "The goal speaks of cities.",
    }
    assert errors(save(curator(), theme, **row("matches", 0, **match))) == ""
    page = client.get(theme.get_absolute_url()).content.decode()
    assert '<a href="http://metadata.un.org/sdg/11" lang="mul">Goal 11</a>' in page
    assert "The goal speaks of cities." in page
    with pytest.raises(ValidationError):
        ThemeMatch(theme=theme, **{**match, "uri": "javascript:alert(1)"}).full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        ThemeMatch.objects.create(theme=theme, **{**match, "uri": "ftp://a.example/b"})


def test_what_is_hidden_or_of_a_hidden_theme_is_not_shown(client):
    water, rivers = chain("Water", "Rivers")
    water.hidden = True
    water.save()
    page = client.get(rivers.get_absolute_url())
    assert page.context["broader"] == []
    assert csv_rows(client, "/themes.csv")[0]["broader"] == ""
    assert [each["@id"] for each in concepts(client)] == ["http://testserver/themes/rivers/"]


def test_the_list_and_the_document_of_a_theme_say_the_same(client):
    _water, rivers = chain("Water", "Rivers")
    make_case("On a river", themes=(rivers,))
    [row_of_rivers] = [row for row in csv_rows(client, "/themes.csv") if row["id"] == "rivers"]
    document = json_of(client, "/themes/rivers.json")
    assert row_of_rivers["broader"] == "water"
    assert document["broader"] == ["water"]
    assert [each["reason"] for each in document["case_reasons"]] == ["for a test"]
    assert json_of(client, "/themes/water.json")["narrower"] == [{"id": "rivers", "cases": 1}]


def concepts(client) -> list[dict]:
    return [each for each in json_of(client, "/themes.jsonld")["@graph"] if each["@type"] == "skos:Concept"]


def test_skos_has_each_name_once_and_both_directions_and_no_circle(client, catalogue):
    themes = list(Theme.objects.order_by("name")[:3])
    above(themes[1], themes[0])
    above(themes[2], themes[1])
    themes[0].alt_labels = "Another"
    themes[0].save()
    ThemeMatch.objects.create(
        theme=themes[0],
        relation="exact",
        uri="https://a.example/1",
        label="A",
        scheme="S",
        reason="for a test",
    )
    found = {each["@id"]: each for each in concepts(client)}
    assert len(found) == Theme.objects.count()
    for concept in found.values():
        labels = concept["prefLabel"]
        assert set(labels) <= {"en", "zh-Hans"}
        assert all(isinstance(label, str) for label in labels.values())
        assert not set(labels.values()) & set(concept.get("altLabel", {}).get("en", []))
        for broader in concept.get("broader", ()):
            assert concept["@id"] in found[broader]["narrower"]
        for narrower in concept.get("narrower", ()):
            assert concept["@id"] in found[narrower]["broader"]
        assert ("topConceptOf" in concept) == ("broader" not in concept)
        assert not climbs_to(concept["@id"], concept["@id"], found)
    first = found[f"http://testserver{themes[0].get_absolute_url()}"]
    assert first["altLabel"] == {"en": ["Another"]}
    assert first["exactMatch"] == ["https://a.example/1"]


def climbs_to(start: str, wanted: str, found: dict) -> bool:
    return any(each == wanted or climbs_to(each, wanted, found) for each in found[start].get("broader", ()))


# --- the matches that come with the catalogue


def a_loaded_match() -> ThemeMatch:
    return ThemeMatch.objects.get(theme__slug="urban-renewal", scheme="EuroVoc")


def test_a_match_of_the_data_stands_on_the_page_in_json_in_skos_and_in_the_staff_page(client, catalogue):
    match = a_loaded_match()
    address = match.theme.get_absolute_url()
    page = client.get(address).content.decode()
    assert f'Exact match: <a href="{match.uri}" lang="mul">urban renewal</a>' in page
    assert match.reason in page
    [said] = [
        each for each in json_of(client, "/themes/urban-renewal.json")["matches"] if each["uri"] == match.uri
    ]
    assert (said["relation"], said["judged_by"]) == ("exact", "editor")
    kinds = {each["@id"].removeprefix("http://testserver"): each for each in concepts(client)}
    assert match.uri in kinds[address]["exactMatch"]
    assert kinds["/themes/neighbourhood-governance/"]["broadMatch"]
    assert kinds["/themes/public-participation/"]["narrowMatch"]
    assert kinds["/themes/biodiversity/"]["closeMatch"]
    staff_page = curator().get(f"/admin/cases/theme/{match.theme_id}/change/").content.decode()
    assert match.uri in staff_page
    assert "EuroVoc" in client.get("/sources/").content.decode()


def test_loading_again_keeps_what_a_curator_changed_hid_or_deleted_of_the_matches(catalogue):
    changed, count = a_loaded_match(), ThemeMatch.objects.count()
    changed.relation, changed.reason = "close", "Not quite the same."
    changed.save()
    hidden = ThemeMatch.objects.get(theme__slug="biodiversity", scheme="EuroVoc")
    hidden.hidden = True
    hidden.save()
    ThemeMatch.objects.get(theme__slug="social-inclusion").delete()
    call_command("load_catalogue", verbosity=0)
    changed.refresh_from_db()
    hidden.refresh_from_db()
    assert (changed.relation, changed.reason, hidden.hidden) == ("close", "Not quite the same.", True)
    assert ThemeMatch.objects.count() == count - 1
    assert edited([changed]) == {changed.pk}
