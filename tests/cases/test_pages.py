"""The page of one case."""

from html.parser import HTMLParser


class Goals(HTMLParser):
    """The numbers of the goals a page links to, in the order they stand."""

    def __init__(self, html):
        super().__init__()
        self.numbers = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        address = dict(attrs).get("href") or ""
        if "?goal=" in address:
            self.numbers.append(int(address.partition("?goal=")[2]))


def test_goals_stand_in_the_order_of_their_numbers(client, catalogue):
    for row in client.get("/cases/").context["page_obj"]:
        numbers = Goals(client.get(row.get_absolute_url()).content.decode()).numbers
        assert numbers == sorted(numbers)
        assert numbers


def test_previous_and_next_follow_the_list(client, catalogue):
    listed = list(client.get("/cases/").context["page_obj"])
    for before, case, after in zip([None, *listed], listed, [*listed[1:], None], strict=False):
        context = client.get(case.get_absolute_url()).context
        assert (context["previous"], context["next"]) == (before, after)
