"""Members of alliances: only who is named in a source, how many of how many, on every page that speaks of them."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from cities.admin.alliances import MOST_IN_ROWS
from cities.models import Alliance, Member, ReportedCount
from records.admin.reason import REASON
from sources.models import SourceText
from tests.factories import PUBLISHED, make_city, make_source
from tests.staff import address, curator, errors, row, save, staff_with
from tests.web import csv_rows, json_of

pytestmark = pytest.mark.django_db

# What says that somebody is a member is needed in each of these ways.
UNPROVEN = [
    {"source": None},
    {"first_line": None, "last_line": None},
    {"evidence": ""},
]


@pytest.fixture
def alliance():
    source = make_source(line_count=90)
    alliance = Alliance.objects.create(slug="league", name="League", source=source, state=PUBLISHED)
    place = {"source": source, "first_line": 14, "last_line": 14}
    for kind, value in (("units", 4), ("cities", 2), ("others", 1)):
        ReportedCount.objects.create(alliance=alliance, kind=kind, value=value, **place)
    return alliance


def values(alliance, name="Xiamen", **fields) -> dict:
    place = {"source": alliance.source, "first_line": 3, "last_line": 3}
    return {"alliance": alliance, "name": name, "kind": "city", "evidence": "On its list.", **place, **fields}


def add(alliance, name="Xiamen", **fields) -> Member:
    return Member.objects.create(**values(alliance, name, **fields))


# --- nobody is inferred


@pytest.mark.parametrize("missing", UNPROVEN)
def test_the_database_refuses_a_member_that_no_source_names(alliance, missing):
    with pytest.raises(IntegrityError), transaction.atomic():
        add(alliance, **missing)
    assert add(
        alliance, hidden=True, source=None, first_line=None, last_line=None
    )  # kept for staff, not shown


@pytest.mark.parametrize("missing", UNPROVEN)
def test_the_model_refuses_it_too_so_that_imports_and_forms_agree(alliance, missing):
    with pytest.raises(ValidationError):
        Member(**values(alliance, **missing)).full_clean()


def test_printed_words_are_evidence_without_a_line(alliance):
    member = Member(**values(alliance, first_line=None, last_line=None, printed="Xiamen, member"))
    member.full_clean()
    member.save()


def test_the_form_says_what_is_missing_and_takes_the_source_of_the_alliance_for_a_line(alliance):
    client = curator()
    typed = {"name": "Xiamen", "kind": "city", "evidence": "On its list."}
    said = errors(save(client, alliance, **row("members", 0, **typed)))
    assert "Whom no source names cannot be entered." in said
    assert not Member.objects.exists()
    assert errors(save(client, alliance, **row("members", 0, **typed, first_line=3))) == ""
    assert Member.objects.get().source == alliance.source


def test_printed_words_must_stand_in_the_source(alliance):
    SourceText.objects.create(source=alliance.source, text="Members:\nXiamen")
    client = curator()
    typed = {"name": "Xiamen", "kind": "city", "evidence": "On its list."}
    said = errors(save(client, alliance, **row("members", 0, **typed, printed="Harbin")))
    assert "does not stand anywhere in this source" in said
    assert errors(save(client, alliance, **row("members", 0, **typed, printed="Xiamen"))) == ""


# --- who is who


def test_a_member_stands_once_whatever_the_capitals_and_the_blanks(alliance):
    add(alliance, "Xiamen")
    for name in ("xiamen", " Xia men ".replace(" m", "m")):
        with pytest.raises(ValidationError, match="is a member already"):
            Member(**values(alliance, name)).full_clean()


def test_two_units_of_one_name_are_told_apart_by_what_they_belong_to(alliance):
    add(alliance, "Gulou", kind="district", parent="Nanjing")
    other = Member(**values(alliance, "Gulou", kind="district", parent="Fuzhou"))
    other.full_clean()
    other.save()
    assert {str(each) for each in Member.objects.all()} == {"Gulou, Nanjing", "Gulou, Fuzhou"}
    assert Member.objects.get_by_natural_key("league", "Gulou", "Fuzhou") == other


def test_a_city_is_a_member_once_under_whatever_name(alliance):
    city = make_city("Xiamen")
    add(alliance, "Xiamen", city=city)
    with pytest.raises(ValidationError, match="as “Xiamen”"):
        Member(**values(alliance, "Amoy", city=city)).full_clean()
    # A district of it is another member.
    Member(**values(alliance, "Siming", kind="district", city=city)).full_clean()


def test_lines_beyond_the_source_and_dates_that_are_none_are_refused(alliance):
    for wrong in ({"first_line": 91, "last_line": 91}, {"joined": "in spring"}, {"kind": "planet"}):
        with pytest.raises(ValidationError):
            Member(**values(alliance, **wrong)).full_clean()


# --- how many of how many


def named(page) -> dict:
    return {
        each.label: (each.named, each.count and each.count.value, each.is_over)
        for each in page.context["roster"]
    }


def test_the_page_counts_who_is_named_against_what_the_source_counts(client, alliance):
    add(alliance, "Xiamen")
    add(alliance, "Gulou", kind="district")
    add(alliance, "Pudong", kind="new area")
    add(alliance, "A port", kind="other")
    add(alliance, "Hidden", hidden=True)
    page = client.get(alliance.get_absolute_url())
    assert named(page) == {
        "units in all": (4, 4, False),
        "cities": (1, 2, False),
        "districts, counties and towns": (1, 1, False),
        "national-level new areas": (1, None, False),
        "another kind of unit": (1, None, False),
    }
    assert page.content.decode().count("not counted") == 2


def test_more_named_than_counted_is_a_warning_and_no_error(client, alliance):
    for name in ("A", "B", "C"):
        add(alliance, name)
    page = client.get(alliance.get_absolute_url())
    assert named(page)["cities"] == (3, 2, True)
    assert "More are named than the source counts (cities: 3 named, 2 counted)" in page.content.decode()
    staff = curator().get(reverse("admin:cities_alliance_change", args=[alliance.pk])).content.decode()
    assert "cities: 3 named, 2 counted (lines 14): more than the source counts" in staff


def test_staff_see_the_progress_above_the_list_of_members(alliance):
    add(alliance, "Xiamen")
    client = curator()
    for query in ({}, {"alliance__id__exact": alliance.pk}):
        assert "cities: 1 of 2 named (lines 14)" in client.get(address(Member), query).content.decode()
    assert client.get(address(Member), {"alliance__id__exact": "x"}).status_code == 200


# --- the list and its files


def test_the_list_holds_all_members_and_its_files_the_same(client, alliance):
    city = make_city("Xiamen")
    add(alliance, "Xiamen", city=city, joined="2017-03-20", printed="Xiamen")
    add(alliance, "Gulou", kind="district", parent="Fuzhou", city=make_city("Fuzhou", state="draft"))
    page = client.get("/members/", {"alliance": "league"}).content.decode()
    assert "of Fuzhou" in page
    assert "/cities/fuzhou/" not in page
    rows = csv_rows(client, "/members.csv?alliance=league&sort=-name")
    assert [(each["name"], each["belongs_to"], each["city"], each["line"]) for each in rows] == [
        ("Xiamen", "", "xiamen", "3"),
        ("Gulou", "Fuzhou", "", "3"),
    ]
    assert json_of(client, "/members.json?kind=district")["count"] == 1
    assert client.get("/members.csv?kind=planet").status_code == 400
    document = json_of(client, "/alliances/league.json")
    assert [(each["name"], each["belongs_to"], each["city"]) for each in document["members"]] == [
        ("Gulou", "Fuzhou", None),
        ("Xiamen", "", "xiamen"),
    ]


def test_thousands_are_paged_and_the_page_stays_as_cheap(client, alliance, django_assert_max_num_queries):
    Member.objects.bulk_create(Member(**values(alliance, f"M {n:04}")) for n in range(2_000))
    with django_assert_max_num_queries(25):
        page = client.get(alliance.get_absolute_url())
    assert len(page.context["members"]) == 100
    with django_assert_max_num_queries(25):
        assert client.get("/members/?page=7").status_code == 200


def test_the_page_of_a_city_and_its_json_show_its_alliances_with_date_and_evidence(client, alliance):
    city = make_city("Xiamen", population=4)
    add(alliance, "Xiamen", city=city, joined="2017-03-20")
    add(alliance, "Siming", kind="district", city=city)
    page = client.get(city.get_absolute_url()).content.decode().partition('id="memberships"')[2]
    assert "joined 20 March 2017" in page
    assert "(by Siming, district)" in page
    assert "On its list." in page
    document = json_of(client, "/cities/xiamen.json")
    assert [(each["as"], each["joined"], each["lines"]) for each in document["alliances"]] == [
        ("Siming", "", "3"),
        ("Xiamen", "2017-03-20", "3"),
    ]
    assert document["figures"][0]["population"] == 4
    alliance.state = "draft"
    alliance.save()
    assert json_of(client, "/cities/xiamen.json")["alliances"] == []


# --- staff


def test_the_next_member_begins_with_what_the_last_had_in_common(alliance):
    client = curator()
    typed = {
        "alliance": alliance.pk,
        "name": "Xiamen",
        "kind": "city",
        "evidence": "On its list.",
        "first_line": 3,
        REASON: "From its list.",
    }
    answer = client.post(address(Member, "add"), {**typed, "_addanother": "1"})
    assert answer.status_code == 302
    form = client.get(answer["Location"]).context["adminform"].form
    assert form["alliance"].value() == str(alliance.pk)
    assert form["evidence"].value() == "On its list."
    assert form[REASON].value() == "From its list."
    assert not form["name"].value()


def test_many_members_have_their_list_instead_of_rows_on_the_page_of_the_alliance(alliance):
    client = curator()
    page = reverse("admin:cities_alliance_change", args=[alliance.pk])
    Member.objects.bulk_create(Member(**values(alliance, f"M {n:04}")) for n in range(MOST_IN_ROWS + 1))
    answer = client.get(page)
    assert "members" not in {each.formset.prefix for each in answer.context["inline_admin_formsets"]}
    assert f"?alliance__id__exact={alliance.pk}" in answer.content.decode()
    assert errors(save(client, alliance, digest="changed")) == ""
    assert Member.objects.count() == MOST_IN_ROWS + 1


def test_nobody_adds_a_member_without_the_right(alliance):
    client = staff_with("cities.view_member")
    assert client.post(address(Member, "add"), {"name": "Xiamen"}).status_code == 403
