"""Every table of the public pages can be read on a phone, where its cells stand below each other with their labels."""

from html.parser import HTMLParser

import pytest
from django.utils.translation import override

from cases.models import Initiative
from cities.models import Alliance, City, Plan
from declarations.models import Declaration
from sources.models import Source
from tests.everything import make_everything

pytestmark = pytest.mark.django_db

PARTS = ("table", "thead", "tbody", "tr", "td", "th")


class Tables(HTMLParser):
    """The tables of a page: the labels of their columns, the labels their cells carry, row by row."""

    def __init__(self, html: str):
        super().__init__()
        self.tables: list[dict] = []
        self._in_heading = False
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag in PARTS:  # browsers know a table as one, however it is displayed; HTML refuses to be told
            assert "role" not in attrs, (tag, attrs)
        if tag == "table":
            assert "stacked" in attrs.get("class", "").split()
            self.tables.append({"columns": [], "rows": []})
        elif tag == "tr":
            self.tables[-1]["rows"].append([])
        elif tag == "th" and attrs["scope"] == "col":
            self._in_heading = True
            self.tables[-1]["columns"].append("")
        elif tag == "th":
            self.tables[-1]["rows"][-1].append(self.tables[-1]["columns"][0])
        elif tag == "td":
            self.tables[-1]["rows"][-1].append(attrs["data-label"])

    def handle_endtag(self, tag):
        if tag == "th":
            self._in_heading = False

    def handle_data(self, data):
        if self._in_heading:
            self.tables[-1]["columns"][-1] += data


@pytest.mark.parametrize("prefix", ["", "/zh-hans"])
def test_each_cell_says_which_column_it_belongs_to(client, prefix):
    make_everything(1)
    found = 0
    records = [model.objects.public().first() for model in (Initiative, City, Plan, Alliance, Declaration)]
    records.append(Source.objects.get(slug__startswith="document"))
    with override("en"):
        addresses = ["/cities/", "/download/", *(record.get_absolute_url() for record in records)]
    for address in addresses:
        for table in Tables(client.get(prefix + address).content.decode()).tables:
            assert table["rows"][1:], address
            for row in table["rows"][1:]:
                assert row == table["columns"], address
            found += 1
    assert found >= 9
