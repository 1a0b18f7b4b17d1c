"""What all staff pages say and offer: in Chinese too, where nothing is found, and to the other language."""

import re
from html.parser import HTMLParser

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.test import Client

from cases.models import Initiative
from cities.models import City
from curation.imports.models import Import
from curation.models import ErrorReport, NotPrinted
from records.models import FormerSlug
from tests import tour
from tests.curation.imports.flow import planned
from tests.everything import make_everything
from tests.factories import make_case, make_source
from tests.staff import address, change_page, curator

pytestmark = pytest.mark.django_db
# Names of formats and encodings are the same in every language; data of the tour stands as it was typed.
SAME = {"CSV", "XLSX", "JSON", "SHA-256", "Kotor Bay", "kotor-bay", "Kotor-Bay", "kotor-bay-2"}
SAME |= {tour.LONG, "Cases in review", *tour.LIST.splitlines()[0].split(",")}


class Words(HTMLParser):
    """The words of buttons, labels, columns, headings and folded parts that hold no Chinese at all."""

    HOLD = ("button", "label", "legend", "th", "h1", "summary", "caption")

    def __init__(self):
        super().__init__()
        self.inside, self.found = [], set()

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag == "input" and said.get("type") in ("submit", "button"):
            self.add(said.get("value", ""))
        if tag == "img":
            self.add(said.get("alt", ""))
        # A row is named by its record; a choice that has no field of its own stands for one.
        names_record = said.get("scope") == "row" or said.get("class", "").startswith("field-")
        is_data = names_record or (tag == "label" and "for" not in said)
        if tag in self.HOLD:
            self.inside.append(not is_data)

    def handle_endtag(self, tag):
        if tag in self.HOLD and self.inside:
            self.inside.pop()

    def handle_data(self, text):
        if self.inside and all(self.inside):
            self.add(text)

    def add(self, text: str) -> None:
        text = " ".join(text.split())
        if re.search(r"[A-Za-z]{3}", text) and not re.search(r"[\u4e00-\u9fff]", text) and text not in SAME:
            self.found.add(text)


def test_no_button_label_column_or_heading_of_staff_is_left_in_english():
    make_everything(1)
    tour.prepare()
    client, left = Client(), {}
    client.force_login(User.objects.get(username=tour.STAFF))
    for stop in tour.stops():
        if not stop.path.startswith("/admin/") or not stop.who:
            continue
        words = Words()
        words.feed(client.get(f"/zh-hans{stop.path}").content.decode())
        if words.found:
            left[stop.name] = words.found
    assert left == {}


def chinese(client, path: str) -> str:
    return client.get(f"/zh-hans{path}").content.decode()


def test_rights_are_chosen_by_chinese_names():
    client, path = curator(), address(Group, "add")
    page = chinese(client, path)
    rights = re.findall(r"<option value=\"\d+\">([^<]+)</option>", page)
    assert len(rights) == Permission.objects.count()
    assert [each for each in rights if re.search(r"[A-Za-z]{3}", each)] == []
    assert {"编目工作 | 导入 | 可以查看", "编目工作 | 导入 | 可以导入表格"} <= set(rights)
    english = client.get(path).content.decode()
    assert "Curation | import | Can view</option>" in english
    assert "Curation | import | Can import lists</option>" in english


def test_filters_offer_what_occurs_by_chinese_names():
    client = curator()
    case = make_case("One")
    NotPrinted.objects.create(case=case, rule="outcomes", reason="Looked through all of it.")
    FormerSlug.objects.create(model="cases.initiative", slug="old", object_id=case.pk)
    ErrorReport.objects.create(page="/cases/", what="Wrong year.", language="zh-hans")
    planned("cities", "name,country\nTartu,EE\n", make_source("list"), user=User.objects.get())
    for path, offered, asked in (
        (address(NotPrinted), "附有行号的成果", "rule=outcomes"),
        (address(FormerSlug), "案例", "model=cases.initiative"),
        (address(ErrorReport), "简体中文", "language__exact=zh-hans"),
        (address(Import), "城市", "table=cities"),
    ):
        page = client.get(f"/zh-hans{path}?{asked}")
        chosen = [
            str(choice["display"])
            for spec in page.context["cl"].filter_specs
            for choice in spec.choices(page.context["cl"])
            if choice["selected"]
        ]
        assert page.context["cl"].result_count == 1, path
        assert offered in [each.partition(" (")[0] for each in chosen], path


def test_the_kind_of_a_record_is_said_in_words_where_it_is_stored_by_its_name():
    former = FormerSlug.objects.create(model="cases.initiative", slug="old", object_id=1)
    page = chinese(curator(), change_page(former))
    assert "案例" in page
    assert "cases.initiative" not in page


def test_a_page_leads_to_itself_in_the_other_language_and_to_the_site_in_its_own():
    case, client = make_case("One"), curator()
    for path in ("/admin/", f"{address(Initiative)}?q=one", change_page(case)):
        assert f'href="/zh-hans{path}" hreflang="zh-Hans"' in client.get(path).content.decode()
    page = client.get("/zh-hans/admin/").content.decode()
    assert 'href="/admin/" hreflang="en"' in page
    assert 'href="/zh-hans/">查看站点' in page


def test_a_page_that_was_sent_offers_no_link_to_itself():
    client = curator()
    page = client.post(address(City, "add"), {}).content.decode()
    assert "hreflang" not in page
    assert 'class="errornote problems"' in page


def test_an_empty_list_says_why_and_what_to_do():
    client = curator()
    assert "There is none yet." in client.get(address(City)).content.decode()
    make_case("One")
    page = client.get(f"{address(Initiative)}?q=zeppelin").content.decode()
    assert "No record fits what is asked for." in page
    assert "There is none yet." not in page
