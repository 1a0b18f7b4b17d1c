"""A list of somebody else goes in through the pages: columns chosen, rows looked at, all of it or nothing, and back."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from cases.models import Initiative, InitiativeTheme
from cities.models import City
from curation.imports.models import Import, ImportRow
from records.operations import Operation
from sources.models import Source
from tests.curation.imports.flow import GIVEN, NEW, act, page, previewed, send, sent, xlsx
from tests.factories import make_case, make_city, make_programme, make_source, make_theme
from tests.staff import WHY, address, curator, staff_with
from tests.web import body_of

pytestmark = pytest.mark.django_db
LIST = Path(__file__).parent / "lists" / "shared-mobility.csv"
RIGHTS = [
    "curation.import_records",
    *(
        f"cases.{act}_{name}"
        for act in ("add", "change")
        for name in ("initiative", "initiativetheme", "initiativegoal")
    ),
]
TWO = "Project,Town,Began\nGreen Lane,Xiamen,2017\nBlue Lane,Nowhere,2018\n"


@pytest.fixture
def client():
    return curator()


@pytest.fixture
def source():
    make_city("Xiamen")
    make_programme("Award")
    return make_source("their-list")


CHOSEN = {"title": "Project", "city": "Town", "started": "Began"}
FIXED = {**GIVEN, "started_reason": "The list says when each began."}


def test_800_records_of_another_list_go_in_with_their_own_headings_and_back_out(client, source):
    before = set(City.objects.values_list("slug", flat=True))
    cities = sent(client, "cities", LIST.read_bytes(), source, "shared-mobility.csv")
    previewed(client, cities, {"name": "Location", "country": "Country Code"})
    assert (cities.state, sum(cities.counts.values()), cities.counts["refused"]) == ("planned", 800, 0)
    act(client, cities, "confirm")
    made = City.objects.exclude(slug__in=before)
    assert made.count() == cities.counts["new"] > 400
    assert set(made.values_list("state", flat=True)) == {"draft"}

    cases = sent(client, "cases", LIST.read_bytes(), source, "shared-mobility.csv")
    previewed(client, cases, {"title": "Name", "city": "Location"}, GIVEN)
    assert cases.counts["new"] == 800
    act(client, cases, "confirm", reason_for_change="Their list of 2026")
    assert cases.state == "done"
    assert Initiative.objects.count() == 800
    case = Initiative.objects.get(title="Careem BIKE")
    assert (case.source, case.first_line, case.last_line, case.state) == (source, 2, 2, "draft")
    assert cases.operation.kind == Operation.Kind.IMPORT
    assert "Their list of 2026" in cases.operation.reason

    for job in (cases, cities):
        act(client, job, "undo", reason_for_change="Only a trial")
        assert job.operation.undone_by.exists()
    assert Initiative.objects.count() == 0
    assert set(City.objects.values_list("slug", flat=True)) == before


def test_the_columns_are_recognised_shown_and_chosen(client, source):
    job = sent(client, "cases", "Title;Town;Jahr\nGrün;Xiamen;2017\n".encode("cp1252"), source)
    body = client.get(page(job)).content.decode()
    assert "Grün" in body and "1 row below the heading." in body
    assert (job.encoding, job.separator, job.columns) == ("cp1252", ";", {"title": {"column": "Title"}})
    assert "Not used: Town, Jahr." in " ".join(body.split())


def test_a_text_typed_for_all_rows_is_taken_also_where_nothing_is_chosen_beside_it(client, source):
    job = sent(client, "cases", "Title,Town\nGreen,Xiamen\n", source)
    act(client, job, "plan", **{"column-title": "0", "column-city": "1", "value-programme": " award "})
    assert job.state == "planned" and job.columns["programme"] == {"value": "award"}


def test_a_text_beside_a_chosen_column_is_pointed_out_and_kept(client, source):
    job = sent(client, "cases", "Title,Town\nGreen,Xiamen\n", source)
    body = act(client, job, "plan", **{"column-title": "0", "value-title": "Blue"}).content.decode()
    assert "“title”: a column is chosen and a text typed." in body and 'value="Blue"' in body
    assert job.state == "read"


def test_needed_columns_without_a_choice_are_named_before_the_preview(client, source):
    job = sent(client, "cases", "Title,Town\nGreen,Xiamen\n", source)
    assert client.get(page(job)).context["missing"] == ["city", "programme", "summary"]
    assert "nothing is chosen for it yet: city, programme, summary." in client.get(page(job)).content.decode()


def test_another_encoding_shows_the_first_rows_anew(client, source):
    job = sent(client, "cases", "Title,City\n绿道,Xiamen\n".encode("gb18030"), source)
    assert job.encoding == "gb18030"
    act(client, job, "read", encoding="cp1252", separator=",")
    assert "绿道" not in client.get(page(job)).content.decode()
    act(client, job, "read", encoding="gb18030", separator=",")
    assert "绿道" in client.get(page(job)).content.decode()
    response = act(client, job, "read", encoding="utf-8", separator=",")
    assert "Cell A2 is not written in the same encoding as the rest." in response.content.decode()
    assert job.encoding == "gb18030"


def test_the_preview_says_of_each_row_what_would_happen_and_nothing_is_saved(client, source):
    make_case("Old Lane", city=City.objects.get(), summary="Before.", slug="xiamen-old-lane")
    same = make_case("Same Lane", city=City.objects.get(), summary="A summary.", slug="xiamen-same-lane")
    text = (
        "id,title,city,summary\n,Green Lane,Xiamen,New.\nxiamen-old-lane,,,After.\n"
        f"{same.slug},,,A summary.\n,,,\n,<b>x</b>,Nowhere,\n"
    )
    job = sent(client, "cases", text, source)
    previewed(
        client,
        job,
        fixed={"programme": "award"},
        columns={"slug": "id", "title": "title", "city": "city", "summary": "summary"},
    )
    # the programme of the two that are there is another one
    assert job.counts == {"new": 1, "changed": 1, "unchanged": 1, "refused": 1}
    body = client.get(page(job)).content.decode()
    assert "<del>Before.</del> → <ins>After.</ins>" in body
    assert "C6 city" in body and "There is no city “Nowhere” in the catalogue." in body
    assert "&lt;b&gt;x&lt;/b&gt;" in body and "<b>x</b>" not in body
    assert Initiative.objects.count() == 2
    assert [row.line for row in client.get(f"{page(job)}?status=changed").context["page_obj"]] == [3]


def test_nothing_is_done_while_a_row_is_refused_unless_it_is_left_out_and_named(client, source):
    job = sent(client, "cases", TWO, source)
    previewed(client, job, CHOSEN, FIXED)
    response = act(client, job, "confirm", reason_for_change="Because")
    assert "leave those rows out" in response.content.decode()
    assert 'value="Because"' in response.content.decode()
    assert (job.state, Initiative.objects.count()) == ("planned", 0)
    act(client, job, "confirm", leave_out=1)
    assert (job.state, Initiative.objects.count()) == ("done", 1)
    assert "Rows left out: 3." in job.operation.reason


def test_the_refused_rows_can_be_taken_away_and_run_no_formula(client, source):
    text = 'Project,Town\n"=HYPERLINK(""x"")",Nowhere\n'
    job = sent(client, "cases", text, source)
    previewed(client, job, {"title": "Project", "city": "Town"}, GIVEN)
    body = body_of(client.get(reverse("admin:curation_import_refused", args=[job.pk]))).decode("utf-8-sig")
    assert "B2,Town,There is no city “Nowhere” in the catalogue." in body
    assert "'=HYPERLINK" in body


def test_a_catalogue_that_changed_since_the_preview_is_looked_at_again(client, source):
    job = sent(client, "cases", TWO, source)
    previewed(client, job, CHOSEN, FIXED)
    make_city("Nowhere")
    response = act(client, job, "confirm", leave_out=1)
    assert "The catalogue has changed since this preview was made." in response.content.decode()
    assert (job.state, job.counts["new"], Initiative.objects.count()) == ("planned", 2, 0)
    act(client, job, "confirm")
    assert (job.state, Initiative.objects.count()) == ("done", 2)


def test_the_same_file_again_changes_nothing_and_remembers_its_columns(client, source):
    make_theme("Housing")
    text = "Project,Town,Kind\nGreen Lane,Xiamen,housing\n"
    columns = {"title": "Project", "city": "Town", "themes": "Kind"}
    job = sent(client, "cases", text, source)
    previewed(client, job, columns, {**GIVEN, "theme_reason": "The list files it there."})
    act(client, job, "confirm")
    again = sent(client, "cases", text, source)
    assert again.columns == job.columns
    previewed(client, again, columns, {**GIVEN, "theme_reason": "Another reason."})
    assert again.counts == {"new": 0, "changed": 0, "unchanged": 1, "refused": 0}
    assert "There is nothing to import" in client.get(page(again)).content.decode()
    link = InitiativeTheme.objects.get()
    assert (link.source, link.lines, link.reason) == (source, "2", "The list files it there.")


def test_an_import_is_not_taken_back_where_something_was_changed_since(client, source):
    job = sent(client, "cases", TWO, source)
    previewed(client, job, CHOSEN, FIXED)
    act(client, job, "confirm", leave_out=1)
    Initiative.objects.update(title="Corrected since")
    response = act(client, job, "undo")
    assert "has been changed since: title." in response.content.decode()
    assert Initiative.objects.count() == 1


DESCRIBED = {"title": "Their list", "publisher": "They", "url": "https://example.org/list", "rights": "CC0"}


@pytest.fixture
def with_new_source(client):
    """An import of one case, done, with a source that was made with it."""
    make_city("Xiamen")
    make_programme("Award")
    assert send(client, "cases", TWO, **DESCRIBED).status_code == 302
    job = Import.objects.get()
    previewed(client, job, CHOSEN, FIXED)
    assert act(client, job, "confirm", leave_out=1).status_code == 200 and job.state == "done"
    return job


def test_a_new_source_is_kept_from_readers_until_the_import_is_done_and_is_part_of_it(client):
    make_city("Xiamen")
    make_programme("Award")
    assert send(client, "cases", TWO, **DESCRIBED).status_code == 302
    job = Import.objects.get()
    source = Source.objects.get(slug="their-list")
    assert (job.own_source, source.rights, source.is_public) == (source, "CC0", False)
    previewed(client, job, CHOSEN, FIXED)
    assert not Source.objects.get().is_public
    act(client, job, "confirm", leave_out=1)
    assert Source.objects.get().is_public and Initiative.objects.get().source == source
    made = Operation.objects.get().changes.order_by("pk")[0]
    assert (made.model, made.action, made.name) == ("sources.source", "created", "Their list")


def test_an_import_taken_back_takes_its_new_source_along_and_can_be_done_again(client, with_new_source):
    job = with_new_source
    page_shown = act(client, job, "undo").content.decode()
    assert not Source.objects.exists() and not Initiative.objects.exists()
    assert "Their list" in page_shown and "Its source stays" not in page_shown
    assert job.operation.undone_by.count() == 1
    act(client, job, "again")
    previewed(client, job, CHOSEN, FIXED)
    act(client, job, "confirm", leave_out=1)
    assert Source.objects.get(slug="their-list").is_public
    assert Initiative.objects.get().source == Source.objects.get()


def test_the_new_source_of_an_import_taken_back_stays_where_something_else_uses_it(client, with_new_source):
    job, source = with_new_source, Source.objects.get()
    kept = make_case("Another", source=source)
    assert "Its source stays: something else uses it by now." in act(client, job, "undo").content.decode()
    assert Initiative.objects.get() == kept and Source.objects.get().is_public


def test_undoing_an_import_from_the_log_takes_its_new_source_along_and_back(client, with_new_source):
    operation = with_new_source.operation
    client.post(reverse("admin:records_operation_undo", args=[operation.pk]), WHY)
    assert not Source.objects.exists()
    client.post(reverse("admin:records_operation_undo", args=[operation.undone_by.get().pk]), WHY)
    assert Source.objects.get().is_public and Initiative.objects.get().source == Source.objects.get()


def test_an_import_that_was_taken_back_and_brought_back_stands_and_can_be_taken_back_again(
    client, with_new_source
):
    job = with_new_source
    act(client, job, "undo")
    client.post(reverse("admin:records_operation_undo", args=[job.operation.undone_by.get().pk]), WHY)
    assert "Taken back" not in act(client, job, "again").content.decode()
    assert Source.objects.count() == Initiative.objects.count() == 1
    assert "Taken back" in act(client, job, "undo").content.decode()
    assert not Source.objects.exists() and not Initiative.objects.exists()


@pytest.mark.parametrize("is_planned", [False, True])
def test_an_import_brought_back_from_the_log_is_done_wherever_its_page_was(client, source, is_planned):
    assert (
        send(client, "cases", TWO, **({"source": source.pk} if is_planned else DESCRIBED)).status_code == 302
    )
    job = Import.objects.get()
    previewed(client, job, CHOSEN, FIXED)
    act(client, job, "confirm", leave_out=1)
    act(client, job, "undo")
    act(client, job, "again")
    if is_planned:
        previewed(client, job, CHOSEN, FIXED)
    sources = Source.objects.count() + (not is_planned)
    client.post(reverse("admin:records_operation_undo", args=[job.operation.undone_by.get().pk]), WHY)
    assert "Take the whole import back" in client.get(page(job)).content.decode()
    assert "no longer possible here" in act(client, job, "plan", **{"column-title": "0"}).content.decode()
    act(client, job, "confirm", leave_out=1)
    assert (job.state, job.operation.undoing, Source.objects.count()) == ("done", None, sources)
    act(client, job, "undo")
    assert not Initiative.objects.exists() and Source.objects.count() == sources - (not is_planned)


def test_a_source_that_another_import_has_chosen_stays(client, with_new_source):
    other = sent(client, "cases", TWO, Source.objects.get())
    act(client, with_new_source, "undo")
    other.refresh_from_db()
    assert other.source == Source.objects.get() and not Initiative.objects.exists()


def test_without_a_source_nothing_is_kept_and_nothing_typed_is_lost(client):
    response = send(client, "cases", TWO, publisher="They")
    assert response.status_code == 200
    assert "Choose a source above, or fill this in for a new one." in response.content.decode()
    assert 'value="They"' in response.content.decode()
    assert not Import.objects.exists() and not Source.objects.exists()


def test_empty_lists_come_back_as_they_are_read(client, source):
    for form in ("csv", "xlsx"):
        content = body_of(client.get(reverse("admin:curation_import_blank", args=["cases", form])))
        response = send(client, "cases", content, f"cases.{form}", source=source.pk)
        assert "This file has a heading and no rows below it." in response.content.decode()


# By hand


def test_what_no_form_sends_is_left_out_and_breaks_nothing(client, source):
    job = sent(client, "cases", "title,city\nGreen Lane,Xiamen\n", source)
    act(client, job, "read", encoding="utf-8", separator=",", sheet="x" * 300)
    assert (job.sheet, job.state) == ("", "read")
    fixed = {"value-programme": "award", "value-summary": "A\0 summary."}
    act(client, job, "plan", **{"column-title": "0", "column-city": "9" * 5000, **fixed})
    assert "city" not in job.columns and job.columns["summary"] == {"value": "A summary."}
    act(client, job, "again")
    act(client, job, "plan", **{"column-title": "0", "column-city": "1", **fixed})
    act(client, job, "confirm", reason_for_change="Their\0 list")
    assert (job.state, job.operation.reason) == ("done", "Their list")
    act(client, job, "undo", reason_for_change="A\0 trial")
    assert job.operation.undoing.reason == "A trial"


def test_how_a_text_is_read_is_not_kept_of_a_spreadsheet(client, source):
    job = sent(client, "cases", xlsx(["title", "city"], ["Green Lane", "Xiamen"]), source, "list.xlsx")
    act(client, job, "read", encoding="x" * 90, separator="abc", sheet="Sheet")
    assert (job.encoding, job.separator, job.sheet) == ("", "", "Sheet")


# Who may


def test_it_takes_the_right_to_import_and_those_to_the_records(client, source):
    job = sent(client, "cases", TWO, source)
    previewed(client, job, CHOSEN, FIXED)
    pages = [NEW, page(job), reverse("admin:curation_import_refused", args=[job.pk])]
    pages.append(reverse("admin:curation_import_blank", args=["cases", "csv"]))
    without = staff_with(*RIGHTS[1:])
    for each in pages:
        assert without.get(each).status_code == 403
        assert without.post(each, {"act": "confirm", "leave_out": 1}).status_code == 403
    assert send(without, "cases", TWO, source=source.pk).status_code == 403
    assert without.get(reverse("admin:curation_import_changelist")).status_code == 403
    assert not Initiative.objects.exists()


def test_the_right_to_one_table_is_none_to_another(client, source):
    cities = sent(client, "cities", "name,country\nBijie,CN\n", source)
    previewed(client, cities)
    able = staff_with(*RIGHTS, "sources.view_source")
    assert able.get(page(cities)).status_code == 403
    assert able.post(page(cities), {"act": "confirm"}).status_code == 403
    assert send(able, "cities", "name,country\nBijie,CN\n", source=source.pk).status_code == 403
    job = sent(able, "cases", TWO, source)
    previewed(able, job, CHOSEN, FIXED)
    act(able, job, "confirm", leave_out=1)
    assert job.state == "done" and job.by == "staff"
    assert not City.objects.filter(name="Bijie").exists()


def test_who_may_not_add_sources_makes_none(source):
    able = staff_with(*RIGHTS)
    response = send(able, "cases", TWO, title="Mine", rights="CC0")
    assert response.status_code == 200 and Source.objects.count() == 1


# Broken off


def test_work_that_was_killed_is_started_again_and_has_left_nothing(client, source):
    job = sent(client, "cases", TWO, source)
    for state in ("planning", "confirming"):
        Import.objects.filter(pk=job.pk).update(state=state, alive_at=None)
        body = client.get(page(job)).content.decode()
        assert "was broken off" in body and "http-equiv" not in body
        act(client, job, "again")
        assert job.state == "read"
    assert not Initiative.objects.exists()


def test_what_is_going_on_renews_itself_and_cannot_be_done_twice(client, source):
    from django.utils import timezone

    job = sent(client, "cases", TWO, source)
    Import.objects.filter(pk=job.pk).update(state="confirming", alive_at=timezone.now())
    assert 'http-equiv="refresh"' in client.get(page(job)).content.decode()
    response = act(client, job, "confirm", leave_out=1)
    assert "no longer possible here" in response.content.decode()
    act(client, job, "again")
    assert job.state == "confirming"


def test_a_failure_while_confirming_leaves_nothing(client, source, monkeypatch):
    from curation.imports import applying

    job = sent(client, "cases", TWO, source)
    previewed(client, job, CHOSEN, FIXED)
    whole = applying.apply

    def killed(plan):
        whole(plan)
        raise KeyboardInterrupt

    monkeypatch.setattr(applying, "apply", killed)
    with pytest.raises(KeyboardInterrupt):
        act(client, job, "confirm", leave_out=1)
    job.refresh_from_db()
    assert (job.state, job.operation) == ("read", None)
    assert not Initiative.objects.exists() and not Operation.objects.exists()


def test_pages_of_rows_stay_few_queries(client, source, django_assert_max_num_queries):
    text = "title,city\n" + "".join(f"Lane {number},Xiamen\n" for number in range(120))
    job = sent(client, "cases", text, source)
    previewed(client, job, fixed=GIVEN)
    assert ImportRow.objects.count() == 120
    with django_assert_max_num_queries(30):
        response = client.get(f"{page(job)}?page=3")
    assert len(response.context["page_obj"]) == 20


def test_an_import_and_its_operation_lead_to_each_other(client, source):
    job = sent(client, "cases", "title,city\nGreen Lane,Xiamen\n", source)
    previewed(client, job, fixed=GIVEN, columns={"title": "title", "city": "city"})
    act(client, job, "confirm")
    operation = address(Operation, "change", job.operation_id)
    assert f'href="{operation}"' in client.get(page(job)).content.decode()
    assert f'<a href="{page(job)}">Import: list.csv</a>' in client.get(operation).content.decode()
    viewer = staff_with("records.view_operation")
    assert page(job) not in viewer.get(operation).content.decode()
    act(client, job, "undo")
    undone = address(Operation, "change", job.operation.undone_by.get().pk)
    assert f'href="{undone}"' in client.get(page(job)).content.decode()


def test_refusals_are_read_in_the_language_of_whoever_reads_them(client, source):
    rows = ["title,city,started", "A,Nowhere,2017", f"{'x' * 301},Xiamen,2017", "C,Xiamen,soon", ",Xiamen,"]
    job = sent(client, "cases", "\n".join(rows), source)
    chosen = {"title": "title", "city": "city", "started": "started"}
    fixed = {**GIVEN, "started_reason": "It is said."}
    previewed(client, job, fixed=fixed, columns=chosen)
    english, chinese = (client.get(f"{prefix}{page(job)}").content.decode() for prefix in ("", "/zh-hans"))
    file = f"/zh-hans{reverse('admin:curation_import_refused', args=[job.pk])}"
    refused = client.get(file).content.decode("utf-8-sig")
    for said in (
        "There is no city “Nowhere”",
        "is not a date as kept here",
        "at most 300 characters",
        "Give “title”",
    ):
        assert said in english and said not in chinese and said not in refused
    for line in refused.splitlines()[1:]:
        assert re.search("[\u4e00-\u9fff]", line), line
    assert "Nowhere" in chinese and not re.search('class="problem">[^<]*[\u4e00-\u9fff]', english)


def test_values_are_shown_in_the_language_of_whoever_reads_them_and_confirmed_in_any(client, source):
    job = sent(client, "cities", "name,country\nTartu,EE\n", source)
    previewed(client, job)
    path = page(job)
    english, chinese = (client.get(f"{prefix}{path}").content.decode() for prefix in ("", "/zh-hans"))
    assert "<ins>Estonia</ins>" in english and "<ins>爱沙尼亚</ins>" in chinese
    client.post(f"/zh-hans{path}", {"act": "confirm"})
    job.refresh_from_db()
    assert (job.state, job.problem) == ("done", "")


def test_a_refusal_that_was_kept_before_there_were_two_languages_is_still_shown(client, source):
    job = sent(client, "cases", "title,city\nA,Nowhere\n", source)
    previewed(client, job, fixed=GIVEN, columns={"title": "title", "city": "city"})
    job.rows.update(problems=[["B2", "city", "There is no such city."]])
    assert "There is no such city." in client.get(page(job)).content.decode()


def test_the_page_says_which_sheet_was_opened_where_it_is_not_the_first(client, source):
    book, held = openpyxl.Workbook(), io.BytesIO()
    sheet = book.create_sheet("Data")
    sheet.append(["name", "country"])
    sheet.append(["Tartu", "EE"])
    book.save(held)
    job = sent(client, "cities", held.getvalue(), source, name="list.xlsx")
    body = client.get(page(job)).content.decode()
    assert job.sheet == "Data" and "Read from the sheet “Data”, which is not the first one" in body
    assert "has no rows" in act(client, job, "read", sheet="Sheet").content.decode()
