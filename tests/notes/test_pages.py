"""Source checks as readers meet them: the list and its exports, pages, marks beside figures, known unknowns."""

import csv
import io
import json
from collections import Counter

import pytest
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.models import Milestone, Target
from notes.columns import NOTES
from notes.models import Note
from notes.vocabularies import Answer, Finder, Kind, Severity
from sources.remarks import add_remarks, holds, same_form
from tests.factories import make_city, make_outcome, make_source
from tests.notes.factories import make_block, make_located_case, make_note

pytestmark = pytest.mark.django_db
FIXED = [
    "id",
    "case",
    "city",
    "kind",
    "severity",
    "printed",
    "computed",
    "difference_pct",
    "source",
    "lines",
    "note",
]


def rows(client, address: str) -> list[dict]:
    body = b"".join(client.get(address).streaming_content).decode()
    return list(csv.DictReader(io.StringIO(body)))


def shown(client, address: str) -> list[str]:
    page = client.get(address)
    return [note.slug for note in page.context["page_obj"].object_list]


def test_the_first_columns_are_those_promised_to_programs():
    assert NOTES.names[:11] == FIXED


def test_page_csv_and_json_hold_the_same_rows_in_one_order(client):
    for severity in ("low", "high", "medium", "high"):
        make_note(severity=severity)
    page = shown(client, "/notes/")
    assert page == [row["id"] for row in rows(client, "/notes.csv")]
    body = json.loads(b"".join(client.get("/notes.json").streaming_content))
    assert page == [row["id"] for row in body["results"]]
    severities = [row["severity"] for row in rows(client, "/notes.csv")]
    assert severities == ["high", "high", "medium", "low"]


def test_a_row_says_all_there_is(client):
    case = make_located_case()
    note = make_note(
        case=case,
        printed="2, 868\n4, 080",
        computed="440.6",
        difference_pct="826.0",
        lines="3; 5-6",
        settles="A map.",
    )
    (row,) = rows(client, "/notes.csv")
    assert row["printed"] == "2, 868; 4, 080"
    assert (row["case"], row["city"], row["difference_pct"], row["lines"]) == (
        case.slug,
        case.city.name,
        "826",
        "3; 5-6",
    )
    assert row["url"].endswith(f"/notes/{note.slug}/")
    assert client.get(f"/notes/{note.slug}.json").json()["printed"] == ["2, 868", "4, 080"]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(Kind.values), st.sampled_from(Severity.values), st.booleans()), max_size=8
    ),
    st.sets(st.sampled_from(Severity.values)),
    st.sets(st.sampled_from(Kind.values), max_size=3),
)
def test_filters_give_just_the_rows_that_fit_on_page_and_in_the_export(client, made, severities, kinds):
    Note.objects.all().delete()
    source = make_source()
    for kind, severity, hidden in made:
        make_note(source=source, kind=kind, severity=severity, hidden=hidden)
    query = "&".join([f"severity={each}" for each in severities] + [f"kind={each}" for each in kinds])
    wanted = {
        note.slug
        for note in Note.objects.filter(hidden=False)
        if (not severities or note.severity in severities) and (not kinds or note.kind in kinds)
    }
    assert {row["id"] for row in rows(client, f"/notes.csv?{query}")} == wanted
    assert set(shown(client, f"/notes/?{query}")) == wanted


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.sampled_from(Kind.values[:3]), st.sampled_from(Severity.values), st.booleans()),
        max_size=8,
    ),
    st.sets(st.sampled_from(Severity.values)),
    st.sets(st.sampled_from(Kind.values[:3])),
)
def test_counts_are_those_of_the_rows_under_the_choices_in_the_other_groups(client, made, severities, kinds):
    Note.objects.all().delete()
    caches["pages"].clear()
    source = make_source()
    notes = [make_note(source=source, kind=kind, severity=severity) for kind, severity, _ in made]
    query = "&".join([f"severity={each}" for each in severities] + [f"kind={each}" for each in kinds])
    groups = {group.name: group.values for group in client.get(f"/notes/?{query}").context["groups"]}
    by_kind = Counter(note.kind for note in notes if not severities or note.severity in severities)
    by_severity = Counter(note.severity for note in notes if not kinds or note.kind in kinds)
    for name, counts in (("kind", by_kind), ("severity", by_severity)):
        assert {value.value: value.count for value in groups[name] if value.count} == counts


@pytest.mark.parametrize("name", ["severity", "kind", "answer", "found_by", "case", "city", "source"])
def test_each_filter_refuses_a_value_nobody_knows(client, name):
    make_note()
    assert client.get(f"/notes.csv?{name}=nonsense").status_code == 400
    page = client.get(f"/notes/?{name}=nonsense")
    assert page.status_code == 200
    assert page.context["count"] == 0


def test_filters_by_case_city_source_and_answer(client):
    case = make_located_case()
    make_note(slug="of-case", case=case)
    make_note(slug="of-source")
    assert shown(client, f"/notes/?case={case.slug}") == ["of-case"]
    assert shown(client, f"/notes/?city={case.city.slug}") == ["of-case"]
    assert shown(client, f"/notes/?source={case.source.slug}") == ["of-case"]
    assert len(shown(client, "/notes/?answer=open&found_by=editor")) == 2
    counts = {group.name: group.values for group in client.get("/notes/").context["groups"]}
    assert [(value.value, value.count) for value in counts["city"]] == [(case.city.slug, 1)]


@pytest.mark.parametrize("what", ["note", "case", "city", "source"])
def test_what_is_hidden_or_belongs_to_what_is_not_public_is_nowhere(client, what):
    case = make_located_case()
    note = make_note(case=case, settles="A map.")
    assert client.get(f"/notes/{note.slug}/").status_code == 200
    record = {"note": note, "case": case, "city": case.city, "source": case.source}[what]
    record.hidden = True
    record.save()
    assert client.get(f"/notes/{note.slug}/").status_code == 404
    assert client.get(f"/notes/{note.slug}.json").status_code == 404
    assert rows(client, "/notes.csv") == rows(client, "/unknowns.csv") == []
    if what == "note":
        assert note.note not in client.get(case.get_absolute_url()).content.decode()


def test_the_case_the_city_and_the_source_list_their_source_checks(client):
    case = make_located_case()
    note = make_note(case=case)
    for address in (case.get_absolute_url(), case.city.get_absolute_url(), case.source.get_absolute_url()):
        html = client.get(address).content.decode()
        assert 'id="source-checks"' in html
        assert f'id="note-{note.slug}"' in html
    assert client.get(f"/cases/{case.slug}.json").json()["notes"][0]["id"] == note.slug


def test_a_page_without_source_checks_has_no_section_for_them(client):
    case = make_located_case()
    assert 'id="source-checks"' not in client.get(case.get_absolute_url()).content.decode()


def test_figures_outcomes_and_dated_facts_are_marked_where_a_note_speaks_of_them(client):
    case = make_located_case()
    make_block(case.city, case.source, population=471_200, area_km2="47.41")
    place = {"source": case.source, "first_line": 20, "last_line": 20}
    make_outcome(case, value=5, printed="5 km of paths", **place)
    Milestone.objects.create(initiative=case, key="m", date="1989", event="It began", printed="1989", **place)
    of_figure = make_note(case=case, lines="11", printed="471200")
    of_outcome = make_note(case=case, lines="20", printed="5 km of paths and more")
    of_fact = make_note(case=case, lines="20", printed="in 1989")
    make_note(case=case, lines="12", printed="another number 99")
    for address, marked in (
        (case.get_absolute_url(), [of_figure, of_outcome, of_fact]),
        (case.city.get_absolute_url(), [of_figure]),
        ("/outcomes/", [of_outcome]),
    ):
        html = client.get(address).content.decode()
        assert html.count('class="remark"') == len(marked), address
        for note in marked:
            assert f'class="remark" href="/notes/{note.slug}/"' in html


def test_a_hidden_note_marks_nothing(client):
    case = make_located_case()
    make_outcome(case, value=5, printed="5 km", source=case.source, first_line=20, last_line=20)
    make_note(case=case, lines="20", printed="5 km", hidden=True)
    for address in (case.get_absolute_url(), "/outcomes/"):
        assert 'class="remark"' not in client.get(address).content.decode()


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("1,263,700", "Population size: 1,263,700", True),
        ("11.84 square kilometers", "totalling 11.84 square kilometers along", True),
        ("30, 000 jobs", "30,000 jobs", True),
        ("8 enterprises", "8 projects", False),
        ("grew in 2022", "fell in 2022", False),
        ("", "anything", False),
    ],
)
def test_pieces_speak_of_one_value_when_one_holds_the_other_or_a_telling_number_is_in_both(one, other, same):
    assert same_form(one, other) is same_form(other, one) is same
    assert not holds(one, other) or same


def test_a_label_left_blank_is_marked_by_what_is_said_of_blanks_alone():
    case = make_located_case()
    figure = make_block(case.city, case.source, gini_index="").figures.get()
    blank = make_note(case=case, kind="blank", lines="11", printed="GINI Index:", settles="x")
    make_note(case=case, kind="other", lines="11", printed="GINI Index:")
    make_note(case=case, kind="blank", lines="1-99", settles="x")
    add_remarks([figure], Note.objects.all())
    assert figure.remarks == [blank]


def test_a_note_that_names_claims_marks_those_and_no_other_of_its_lines():
    case = make_located_case()
    place = {"source": case.source, "first_line": 5, "last_line": 5, "printed": "45 cases solved"}
    named, other = make_outcome(case, key="solved", **place), make_outcome(case, key="open", **place)
    note = make_note(case=case, lines="5", printed="45 cases", concerns="solved")
    add_remarks([named, other], Note.objects.all())
    assert (named.remarks, other.remarks) == ([note], [])


def test_the_list_of_targets_has_the_marks_of_the_case(client):
    case = make_located_case()
    Target.objects.create(
        initiative=case,
        city=case.city,
        key="centre",
        target="A centre",
        due="2021",
        source=case.source,
        first_line=5,
        last_line=5,
        printed="By 2021",
    )
    make_note(slug="by-2021", case=case, kind="dates", lines="5", printed="By 2021")
    assert "/notes/by-2021/" in client.get("/targets/").content.decode()


def test_known_unknowns_are_those_that_something_would_settle(client):
    case = make_located_case(city=make_city("Bijie"))
    make_note(slug="open", case=case, kind="blank", settles="The yearbook.")
    make_note(slug="contradiction", case=case)
    assert shown(client, "/unknowns/") == ["open"]
    (row,) = rows(client, "/unknowns.csv")
    assert (row["id"], row["settles"], row["lines"]) == ("open", "The yearbook.", "3")
    assert client.get("/unknowns.csv?kind=anything").status_code == 200, "kind is no filter of this list"
    assert client.get("/unknowns.csv?city=nowhere").status_code == 400
    assert "/unknowns/" in client.get("/about/").content.decode()


def test_an_answer_stands_beside_the_check(client):
    note = make_note()
    Note.objects.update(
        answer=Answer.ACCEPTED,
        answer_reason="It is so.",
        answered_at="2026-01-01T00:00Z",
        answered_by="curator",
    )
    html = client.get(f"/notes/{note.slug}/").content.decode()
    assert "It is so." in html
    assert "curator" not in html, "readers are not told who answered"
    assert (rows(client, "/notes.csv")[0]["answer"], Finder.EDITOR) == ("accepted", "editor")


def test_pages_take_the_same_queries_with_any_number_of_notes(client):
    case = make_located_case()
    make_note(case=case, settles="A map.")
    make_outcome(case, value=1, printed="x", source=case.source, first_line=30, last_line=30)
    addresses = ("/notes/", "/unknowns/", "/outcomes/", case.get_absolute_url(), case.city.get_absolute_url())
    few = [queries_of(client, address) for address in addresses]
    for number in range(15):
        make_note(case=case, lines=str(number + 25), settles="A map.")
    assert [queries_of(client, address) for address in addresses] == few


def queries_of(client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        client.get(address)
    return len(queries)


def test_the_real_unknowns_name_what_the_issue_asks_for(client, catalogue):
    found = {row["id"]: row for row in rows(client, "/unknowns.csv")}
    for slug in (
        "alliance-launch-member-list",
        "guangzhou-declaration-year-of-the-meeting",
        "ningbo-plan-article-undated",
        "guangzhou-award-6-collection-pictures-lost",
        "nanjing-xiaosongtao-lane-regeneration-gdp-blank",
    ):
        assert found[slug]["settles"]
        assert found[slug]["lines"]


def test_the_command_line_exports_the_same_rows(client, tmp_path, capsys):
    make_note(slug="one", severity="high")
    make_note(slug="two")
    call_command("export", "notes", "--query", "severity=high")
    assert [row["id"] for row in csv.DictReader(io.StringIO(capsys.readouterr().out))] == ["one"]
