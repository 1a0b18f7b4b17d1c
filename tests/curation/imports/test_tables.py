"""Each table that can be imported: what its rows make, what they find, what they refuse; nothing is guessed."""

from decimal import Decimal
from io import StringIO

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from cases.models import Initiative, InitiativeGoal, Organisation, Outcome, Partner
from cities.models import Alliance, City, CityFigures, Figure, Member
from curation.imports import blanks, reading
from curation.imports.models import Import
from curation.imports.tables import IMPORTERS
from records.operations import Operation
from records.plain import plain
from records.reverting import undo
from search.models import Synonym
from tests.curation.imports.flow import GIVEN, done, planned, refusals, xlsx
from tests.factories import (
    make_case,
    make_city,
    make_goal,
    make_outcome,
    make_programme,
    make_source,
    make_theme,
    make_unit,
)
from tests.staff import curator
from tests.web import body_of, ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    make_programme("Award")
    return make_source("their-list")


def counted(job) -> str:
    return " ".join(f"{name}:{count}" for name, count in job.counts.items() if count)


@pytest.mark.parametrize("name", IMPORTERS)
def test_an_empty_list_names_all_columns_in_words_the_import_knows(name):
    importer = IMPORTERS[name]
    text = blanks.blank(importer, "csv").decode("utf-8-sig")
    heading = text.splitlines()[0].split(",")
    assert heading == [column.name for column in importer.columns]
    job_rows = reading.read((text + "\r\nx,y\r\n").encode()).rows
    assert [row for _line, row in job_rows] == [["x", "y"]]  # the row of help is passed over


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_cell_under_no_heading_is_refused_and_not_dropped(source, form):
    rows = [["name", "country"], ["Bijie", "CN"], ["Washington", "D.C.", "US"], ["Tartu", "EE", "", ""]]
    text = "".join(",".join(row) + "\n" for row in rows)
    job = planned("cities", text if form == "csv" else xlsx(*rows), source)
    assert list(refusals(job)) == [3]
    assert "C3" in refusals(job)[3] and "more cells than there are headings: “US”" in refusals(job)[3]
    done(job, leave_out=True)
    assert list(City.objects.order_by("name").values_list("name", flat=True)) == ["Bijie", "Tartu"]


def test_what_a_new_record_lacks_is_said_once(source):
    job = planned("cities", "name,other_names\nBijie,Pichieh\n", source)
    ((_cell, _column, text),) = job.rows.get().told
    assert text == "A new record needs “country”."


def test_a_refused_outcome_without_indicator_is_called_by_what_its_row_says(source):
    make_case("Kerbs", slug="kerbs")
    job = planned("outcomes", "case,key,value,status\nkerbs,kerbs:a,,achieved\n", source)
    assert job.rows.get().name == "kerbs" and job.counts["refused"] == 1


# Cases


def test_a_case_is_a_draft_with_its_place_its_themes_and_goals(source):
    make_city("Xiamen", name_local="厦门")
    make_theme("Housing", "住房")
    make_goal(11)
    text = "title,city,summary,started,themes,goals\nGreen Lane,厦门,S,2017年6月,住房; housing,11\n"
    fixed = {
        "programme": "Award",
        "started_reason": "R",
        "theme_reason": "T",
        "goal_reason": "G",
        "goal_basis": "stated",
    }
    done(planned("cases", text, source, fixed))
    case = Initiative.objects.get()
    assert (case.slug, case.state, case.started, case.started_lines) == (
        "xiamen-green-lane",
        "draft",
        "2017-06",
        "2",
    )
    assert (case.source, case.lines) == (source, "2")
    assert case.theme_links.get().reason == "T"
    assert InitiativeGoal.objects.get().basis == "stated"


def test_one_key_in_two_rows_is_refused_in_both(source):
    make_city("Xiamen")
    job = planned("cases", "title,city\nGreen Lane,Xiamen\nOther,Xiamen\nGREEN lane,xiamen\n", source, GIVEN)
    assert counted(job) == "new:1 refused:2"
    assert "Row 4 is about the same record." in refusals(job)[2]
    assert "Row 2 is about the same record." in refusals(job)[4]


def test_a_name_of_two_cities_is_never_guessed(source):
    make_city("Springfield", slug="springfield-il", country="US")
    make_city("Springfield", slug="springfield-ma", country="US")
    job = planned("cases", "title,city\nA,Springfield\nB,springfield-ma\n", source, GIVEN)
    assert "may be one of several: write which, springfield-il, springfield-ma." in refusals(job)[2]
    assert counted(job) == "new:1 refused:1"


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ("city=Nowhere", "There is no city “Nowhere”"),
        ("programme=None", "There is no programme “None”"),
        ("started=30.06.2017", "is not a date"),
        ("started=2017-13", "is not a date"),
        ("themes=unknown", "There is no theme “unknown”"),
        ("goals=18", "There is no goal “18”"),
        ("slug=Not A Slug", "Begin it with the slug of the city"),
        ("slug=xiamen-not a slug", "slug"),
        ("started_reason=", "Say why this is the start."),
        ("summary=", "A new record needs “summary”."),
        ("title=", "Give “title”."),
        ("theme_reason=", "Say why"),
        ("title=" + "x" * 301, "300"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_its_cell(source, cell, said):
    make_city("Xiamen")
    make_theme("Housing")
    row = {"title": "A", "city": "Xiamen", "programme": "award", "summary": "S", "started": "2017"}
    row |= {"started_reason": "R", "themes": "housing", "theme_reason": "T"}
    name, _equals, value = cell.partition("=")
    row[name] = value
    text = f"{','.join(row)}\n" + ",".join(row.values()) + "\n"
    job = planned("cases", text, source)
    assert said in refusals(job)[2]
    place = reading.letter(list(row).index(name))
    assert refusals(job)[2].startswith(f"{place}2 {name} ")


def test_an_empty_cell_and_a_less_exact_date_change_nothing(source):
    case = make_case("A", started="2017-06", started_reason="R", summary="S", programme=make_programme("B"))
    job = planned("cases", f"id,summary,started\n{case.slug},,2017\n", source)
    assert counted(job) == "unchanged:1"
    job = planned("cases", f"id,started,started_reason\n{case.slug},2018,Corrected\n", source)
    assert counted(job) == "changed:1"


def test_formulas_and_markup_are_text(source):
    make_city("Xiamen")
    done(planned("cases", "title,city\n\"=cmd|'/C'!A0\",Xiamen\n<script>x</script>,Xiamen\n", source, GIVEN))
    assert set(Initiative.objects.values_list("title", flat=True)) == {"=cmd|'/C'!A0", "<script>x</script>"}


def test_our_own_export_changes_nothing(catalogue):
    client = curator()
    for table, place in (("cases", "/cases"), ("outcomes", "/outcomes"), ("partners", "/partners")):
        job = planned(table, body_of(client.get(f"{place}.csv")), make_source())
        assert set(counted(job).split(":")[0].split()) == {"unchanged"}, refusals(job)


def test_search_follows(source):
    make_city("Xiamen")
    client = curator()
    assert ids(client, "q=zeppelin") == []
    job = done(planned("cases", "title,city\nZeppelin Lane,Xiamen\n", source, GIVEN))
    Initiative.objects.update(state="published")
    assert ids(client, "q=zeppelin") == ["xiamen-zeppelin-lane"]
    Initiative.objects.update(state="draft")
    undo(job.operation, None, "")
    assert ids(client, "q=zeppelin") == []


# Cities and their figures


def test_cities_are_drafts_found_by_any_name_and_may_stand_in_several_rows(source):
    make_city("Kyiv", country="UA", other_names="Kiev")
    text = (
        "name,country,latitude,longitude\nKiev,Ukraine,,\nParis,FR,48.8566101,2.3522\n"
        "PÂRIS,法国,48.8566101,2.3522\nParis,US,,\n"
    )
    job = planned("cities", text, source)
    assert counted(job) == "new:2 unchanged:2"
    done(job)
    paris = City.objects.get(slug="paris")
    assert (paris.state, paris.latitude, paris.place_source) == ("draft", Decimal("48.85661"), source)
    assert City.objects.filter(name="Paris").count() == 2
    assert City.objects.get(slug="paris-us").country == "US"
    assert City.objects.get(slug="kyiv").name == "Kyiv"


def test_districts_stand_with_the_source_they_are_from(source):
    city = make_city("Xiamen", divisions="思明区, Siming District")
    text = 'name,country,divisions\nXiamen,CN,"思明区, Siming District; 海沧区, Haicang District"\n'
    done(planned("cities", text, source))
    city.refresh_from_db()
    assert city.every_division == [["思明区", "Siming District"], ["海沧区", "Haicang District"]]
    assert city.divisions_source == source


def test_rows_that_contradict_each_other_are_refused(source):
    job = planned("cities", "name,country,latitude,longitude\nA,FR,1,1\nA,FR,2,1\n厦门,CN,,\n", source)
    assert "Row 2 says something else of the same record." in refusals(job)[3]
    assert "give it a slug" in refusals(job)[4]


def test_each_figure_of_a_city_keeps_its_row_and_what_is_printed(source):
    make_city("Bijie")
    text = "city,population,population_as_printed,area_km2,gini_index\nBijie,7553000,7.553 million,26 853,\n"
    done(planned("figures", text, source))
    population = Figure.objects.get(name="population")
    assert (population.value, population.printed, population.source, population.lines) == (
        7553000,
        "7.553 million",
        source,
        "2",
    )
    assert Figure.objects.get(name="area_km2").printed == "26 853"
    assert Figure.objects.count() == 2 and CityFigures.objects.get().key == "basic"
    assert counted(planned("figures", text, source)) == "unchanged:1"
    changed = planned("figures", text.replace("26 853", "26 900"), source)
    assert changed.rows.get().changes == [
        ["area_km2", "26853", "26900"],
        ["area_km2_as_printed", "26 853", "26 900"],
    ]


@pytest.mark.parametrize(
    "cell", ["1,234", "12,5", "many", "1e5", "nan", "=1+1", "1.234.567,8", "１２３", "-5"]
)
def test_a_number_that_is_none_or_two_is_refused(source, cell):
    make_city("Bijie")
    assert refusals(planned("figures", f'city,population\nBijie,"{cell}"\n', source))


def test_a_number_may_be_grouped_where_that_is_clear(source):
    make_city("Bijie")
    done(planned("figures", 'city,population,gini_index\nBijie,"7,553,000",45%\n', source))
    assert Figure.objects.get(name="population").value == 7553000
    assert Figure.objects.get(name="population").printed == "7,553,000"


# Outcomes, partners, members, synonyms


def test_an_outcome_has_its_printed_form_and_its_number_stands_in_it(source):
    case = make_case("Lane")
    make_unit("%")
    heading = "case,indicator,value,unit,status,as_printed\n"
    job = planned(
        "outcomes", f"{heading}Lane,trees,1200,,achieved,1200 trees\nLane,share,12,%,target,\n", source
    )
    done(job)
    tree = Outcome.objects.get(indicator="trees")
    assert (tree.initiative, tree.value, tree.printed, tree.lines) == (case, 1200, "1200 trees", "2")
    assert Outcome.objects.get(indicator="share").printed == "12"
    wrong = planned(
        "outcomes", f"{heading}Lane,cars,7,,achieved,8 cars\nLane,x,5,furlong,achieved,5\n", source
    )
    assert "does not print this number" in refusals(wrong)[2]
    assert "There is no unit “furlong”" in refusals(wrong)[3]


def test_a_changed_outcome_names_the_row_that_changed_it(source):
    old = make_outcome(
        make_case("Lane"), "trees", value=5, printed="5", source=make_source(), first_line=9, last_line=9
    )
    done(planned("outcomes", "case,indicator,value\nLane,trees,6\n", source))
    old.refresh_from_db()
    assert (old.value, old.printed, old.source, old.lines) == (6, "6", source, "2")


def test_partners_make_their_organisation_once(source):
    make_case("Lane")
    make_case("Road")
    text = "case,name,role,kind\nLane,Tree Trust,plants,non-profit\nRoad,Tree Trust,waters,非营利组织\n"
    job = planned("partners", text.replace("非营利组织", "non-profit organisation"), source)
    assert counted(job) == "new:2"
    done(job)
    assert Organisation.objects.get().slug == "tree-trust"
    assert set(Partner.objects.values_list("role", "source__slug", "first_line")) == {
        ("plants", "their-list", 2),
        ("waters", "their-list", 3),
    }
    undo(job.operation, None, "")
    assert not Organisation.objects.exists() and not Partner.objects.exists()


def test_a_member_needs_its_evidence(source):
    Alliance.objects.create(slug="alliance", name="Alliance", source=source)
    text = "alliance,name,kind,evidence\nAlliance,Bijie,city,Listed on page 3\nAlliance,Ningbo,city,\n"
    job = planned("members", text, source)
    assert "A new record needs “evidence”." in refusals(job)[3]
    done(job, leave_out=True)
    member = Member.objects.get()
    assert (member.name, member.source, member.lines) == ("Bijie", source, "2")


def test_synonyms_find_the_group_that_has_one_of_their_words(source):
    Synonym.objects.create(words="bike\nbicycle", reason="The same.")
    Synonym.objects.create(words="tram\nstreetcar", reason="The same.")
    text = (
        "words,reason\nbicycle; bike,The same.\nbike; cycle,New reason\ntram; bike,Both\nbus; coach,Alike\n"
    )
    job = planned("synonyms", text, source)
    assert set(refusals(job)) == {2, 3, 4}
    assert "stand in several groups" in refusals(job)[4]
    done(job, leave_out=True)
    assert Synonym.objects.count() == 3
    undo(job.operation, None, "")
    assert Synonym.objects.count() == 2


def test_all_is_as_before_after_it_was_taken_back(catalogue):
    def everything():
        models = (Initiative, City, Figure, Outcome, Partner, Organisation)
        return {(row._meta.label, row.pk): plain(row) for model in models for row in model.objects.all()}

    before = everything()
    given = {"programme": Initiative.objects.first().programme.slug, "summary": "A summary."}
    case = Outcome.objects.exclude(value=None).select_related("initiative").first().initiative
    texts = {
        "cases": f"id,title,city\n{case.slug},Another title,\n,Made anew,{case.city.slug}\n",
        "partners": f"case,name,role\n{case.slug},Somebody new,helps\n",
        "figures": f"city,population\n{case.city.slug},12345\n",
    }
    jobs = [
        done(planned(table, text, make_source(), given if table == "cases" else None))
        for table, text in texts.items()
    ]
    assert everything() != before
    for job in reversed(jobs):
        undo(job.operation, None, "")
    assert everything() == before


class RoundTrip(TestCase):
    """What was exported after an import changes nothing when it is imported again, whatever its texts."""

    words = st.text(
        st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Cn", "Co", "Z"]),
        min_size=1,
        max_size=20,
    )

    @settings(max_examples=15, deadline=None)
    @given(st.dictionaries(words.map(lambda word: f"T {word}"), words, min_size=1, max_size=4))
    def test_import_export_import(self, summaries):
        import csv

        make_city("Xiamen")
        source = make_source()
        held = StringIO(newline="")
        csv.writer(held).writerows(
            [["title", "city", "summary"], *[[t, "Xiamen", s] for t, s in summaries.items()]]
        )
        job = planned("cases", held.getvalue(), source, {"programme": make_programme("Award").slug})
        done(job, leave_out=True)
        Initiative.objects.update(state="published")
        if not job.counts["new"]:
            return
        text = body_of(curator_client().get("/cases.csv"))
        again = planned("cases", text, source)
        assert counted(again) == f"unchanged:{job.counts['new']}", refusals(again)


def curator_client():
    from django.test import Client

    return Client()


# The command line


@pytest.fixture
def file(tmp_path, source):
    make_city("Xiamen")
    path = tmp_path / "list.csv"
    path.write_text("Project,Town\nGreen Lane,Xiamen\nBlue,Nowhere\n")
    return path


def run(path, *options) -> str:
    said = StringIO()
    mapped = [
        "--map",
        "Project=title",
        "--map",
        "Town=city",
        "--map",
        "=award=programme",
        "--map",
        "=S=summary",
    ]
    call_command(
        "import_records", "cases", str(path), "--source", "their-list", *mapped, *options, stdout=said
    )
    return said.getvalue()


def test_the_command_line_says_the_same_and_saves_nothing_when_dry(file):
    said = run(file, "--dry-run")
    assert "new: 1" in said and "3 B3 Town: There is no city “Nowhere”" in said
    assert not Initiative.objects.exists() and not Import.objects.exists()


def test_the_command_line_does_all_or_nothing(file):
    User.objects.create_user("editor")
    with pytest.raises(CommandError, match="Rows are refused"):
        run(file, "--yes")
    assert not Initiative.objects.exists()
    assert "Imported." in run(file, "--yes", "--leave-out-refused", "--user", "editor", "--reason", "Because")
    assert Initiative.objects.get().title == "Green Lane"
    operation = Operation.objects.get()
    assert (operation.by, operation.kind, operation.reason) == (
        "editor",
        "import",
        "Because\nRows left out: 3.",
    )


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--map", "Nothing=title"], "no such column"),
        (["--map", "Town=nothing"], "no such column"),
        (["--user", "nobody"], "no account"),
        (["--encoding", "utf-8", "--sheet", "x"], ""),
    ],
)
def test_the_command_line_refuses_what_is_not_there(file, options, said):
    if said:
        with pytest.raises(CommandError, match=said):
            run(file, *options, "--yes")
    else:
        assert run(file, *options, "--dry-run")
    assert not Initiative.objects.exists() and not Import.objects.exists()
