"""The pages of cities, plans and alliances, as readers see them."""

import csv
import io
import json
from html import unescape

from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.models import Initiative
from cities.models import Alliance, City, CityFigures, Figure, Plan
from tests.factories import make_city
from tests.notes.factories import make_block, make_note
from tests.staff import change_page, curator, errors, row, save
from tests.web import body_of


def page_of(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def row_of(page: str, figure: str) -> str:
    """The row of a figure in the first table of figures."""
    return page.partition(f'<th scope="row">{figure}')[2].partition("</tr>")[0]


def test_an_emptied_value_is_withdrawn_and_only_what_is_not_printed_left_blank(client, catalogue):
    gini = Figure.objects.get(name="gini_index", figures__city__slug="shijiazhuang")
    population = Figure.objects.get(name="population", figures=gini.figures)
    assert errors(save(curator(), population, value="")) == ""
    case = Initiative.objects.get(city__slug="shijiazhuang")
    for address in ("/cities/shijiazhuang/", case.get_absolute_url()):
        page = page_of(client, address)
        withdrawn = row_of(page, "Population")
        assert "withdrawn by an editor" in withdrawn
        assert "left blank in the source" not in withdrawn
        assert population.printed in withdrawn
        assert "left blank in the source" in row_of(page, "Gini index")
    [listed] = [row for row in page_of(client, "/cities/").split("<tr ") if 'data-id="shijiazhuang"' in row]
    assert "withdrawn by an editor" in listed


ADDED_NONE = "None has been added from elsewhere."


def test_a_member_stands_with_its_evidence_and_nobody_claims_there_is_none(client, catalogue):
    alliance = Alliance.objects.get()
    address = alliance.get_absolute_url()
    page = page_of(client, address)
    assert "0 of 90 named here." in page
    assert ADDED_NONE in page
    assert "none has been added" not in alliance.member_list_note.lower()
    xiamen = City.objects.get(slug="xiamen")
    member = {"name": "Xiamen", "kind": "city", "city": xiamen.pk, "evidence": "Said in its yearbook."}
    place = {"source": alliance.source_id, "first_line": 14}
    assert errors(save(curator(), alliance, **row("members", 0, **member, **place))) == ""
    page = page_of(client, address)
    members = page.partition('id="members"')[2].partition("</section>")[0]
    assert "1 of 90 named here." in members
    assert ADDED_NONE not in members
    assert f'What the source says of its members: <span lang="en">{alliance.member_list_note}' in members
    [listed] = [item for item in members.split("<tr role") if "Said in its yearbook." in item]
    assert '<td data-label="Kind">city</td>' in listed
    assert 'href="/cities/xiamen/"' in listed
    assert "line 14" in listed
    assert page.index('id="members"') < page.index('id="summary"')
    City.objects.filter(pk=xiamen.pk).update(state="draft")
    assert "/cities/xiamen/" not in page_of(client, address)


def test_the_list_of_cities_says_that_territories_differ(client, catalogue):
    page = page_of(client, "/cities/")
    assert page.index("“unlabelled” where the source does not say which") < page.index("<table")


def test_figures_stand_in_one_order_with_their_values_beside_the_labels(client, catalogue):
    figures = CityFigures.objects.get(city__slug="xiamen").figures
    figures.filter(name="prosperity").update(first_line=1, last_line=1)
    case = Initiative.objects.get(city__slug="xiamen")
    labels = [str(name.label) for name in Figure.Name]
    for address in ("/cities/xiamen/", case.get_absolute_url()):
        table = page_of(client, address).partition('class="table-scroll figures"')[2].partition("</table>")[0]
        shown = [item.partition("<")[0].strip().lower() for item in table.split('scope="row">')[1:]]
        assert shown == [label.lower() for label in labels if label.lower() in shown], address
        assert len(shown) == 5
        assert 'class="number"' not in table
    rows = curator().get(change_page(figures.first().figures)).context["inline_admin_formsets"][0]
    names = [form.instance.name for form in rows.formset.initial_forms]
    assert names == [name for name in Figure.Name.values if name in names]


def test_the_summaries_begin_with_what_the_thing_is_and_end_with_the_page_they_were_read_on(catalogue):
    for record, first, last in (
        (Alliance.objects.get(), "20 March 2017", "385 clicks"),
        (Plan.objects.get(), "nine campaigns of the local government", "by Ji Xiang"),
    ):
        paragraphs = record.digest.split("\n\n")
        assert first in paragraphs[0]
        assert last in paragraphs[-1]
        assert max(len(paragraph.split()) for paragraph in paragraphs) < 100


def test_a_doubtful_figure_is_marked_in_the_list_and_its_exports_name_the_source_checks(client, catalogue):
    doubtful = "bijie-zhijin-water-environment-density-against-area"
    rows = page_of(client, "/cities/").split("<tr ")
    [listed] = [row for row in rows if 'data-id="bijie"' in row]
    assert f'<a class="remark" href="/notes/{doubtful}/">' in listed
    marked = [row for row in rows if 'class="remark"' in row]
    found = list(csv.DictReader(io.StringIO(body_of(client.get("/cities.csv")).decode())))
    assert list(found[0])[-1] == "source_checks"
    told = {row["city_id"]: row["source_checks"] for row in found}
    assert doubtful in told["bijie"].split("; ")
    # Some are about figures that the page has no column for.
    assert {row.partition('data-id="')[2].partition('"')[0] for row in marked} <= {
        city for city, checks in told.items() if checks
    }
    document = client.get("/cities/bijie.json").json()
    [figures] = [each for each in document["figures"] if each["source_checks"]]
    assert doubtful in figures["source_checks"]
    for slug in "; ".join(filter(None, told.values())).split("; "):
        assert client.get(f"/notes/{slug}/").status_code == 200


def test_a_source_check_that_readers_do_not_see_marks_no_figure(client, db):
    block = make_block(population=10)
    note = make_note(city=block.city, source=block.source, lines="11", printed="10")
    hidden = make_note(city=block.city, source=block.source, lines="11", printed="10", hidden=True)
    assert note.get_absolute_url() in page_of(client, "/cities/")
    assert hidden.get_absolute_url() not in page_of(client, "/cities/")
    [row] = json.loads(body_of(client.get("/cities.json")))["results"]
    assert row["source_checks"] == [note.slug]


def test_marks_of_the_list_of_cities_take_the_same_number_of_queries_however_many(client, db):
    def add():
        block = make_block(make_city(state="published"), population=10)
        make_note(city=block.city, source=block.source, lines="11", printed="10")

    def queries(address):
        with CaptureQueriesContext(connection) as captured:
            body_of(client.get(address))
        return len(captured)

    for address in ("/cities/", "/cities.csv"):
        add()
        first = queries(address)
        for _number in range(8):
            add()
        assert queries(address) <= first, address
