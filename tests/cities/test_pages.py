"""The pages of cities, plans and alliances, as readers see them."""

from html import unescape

from cases.models import Initiative
from cities.models import Figure
from tests.staff import curator, errors, save


def page_of(client, address: str) -> str:
    return unescape(client.get(address).content.decode())


def row_of(page: str, figure: str) -> str:
    """The row of a figure in the first table of figures."""
    return page.partition(f'<th role="rowheader" scope="row">{figure}')[2].partition("</tr>")[0]


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
