"""Staff say which articles a case answers to, and the pages write down who said it."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from cases.models import CommitmentLink
from sources.models import SourceText
from tests import factories as make
from tests.staff import address, curator, errors, filled, row, save

pytestmark = pytest.mark.django_db
ROWS = "commitment_links"


@pytest.fixture
def case():
    """A case on lines 3 to 6 of a source whose text is attached, and a declaration of two articles."""
    source = make.make_source("collection", line_count=9)
    SourceText.objects.create(
        source=source, text="one\n\nA park.\nIt follows the old pact.\nIt grew.\nEnd.\n\nOther.\n"
    )
    make.make_declaration("Old Pact", 2)
    return make.make_case(
        "A park", slug="park", city=make.make_city("Xiamen", slug="park"), summary="x", source=source,
        first_line=3, last_line=6,
    )  # fmt: skip


def added(case, **values) -> str:
    """What is said of a new row on the page of the case; "" where it was taken."""
    client = curator()
    article = case.commitment_links.model._meta.get_field("article").related_model.objects.get(number=1)
    fields = {"article": article.pk, "basis": "inferred", "reason": "It is one.", "lines": "3-4", **values}
    return errors(save(client, case, **row(ROWS, 0, **fields)))


def test_a_row_on_the_page_of_the_case_is_signed_and_takes_its_source(case):
    assert added(case) == ""
    link = CommitmentLink.objects.get()
    assert (link.editor, link.source, link.lines) == ("curator", case.source, "3-4")


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"reason": ""}, "This field is required"),
        ({"article": ""}, "This field is required"),
        ({"basis": "guessed"}, "guessed"),
        ({"lines": "3-2"}, "is not a line or a range of lines"),
        ({"lines": "3; 40"}, "has 9 lines"),
        ({"lines": "3; 8"}, "The case stands on lines 3 to 6"),
        ({"lines": ""}, "Give the lines that the judgement rests on"),
        ({"basis": "stated", "lines": ""}, "Give the lines on which the case names the declaration"),
        ({"basis": "stated", "lines": "3"}, "do not name “Old Pact”"),
    ],
)
def test_what_does_not_hold_is_refused_with_what_to_do(case, values, says):
    assert says in added(case, **values)
    assert not CommitmentLink.objects.exists()


def test_stated_is_taken_where_the_lines_name_the_declaration(case):
    assert added(case, basis="stated", lines="4") == ""


def test_the_same_article_twice_is_refused(case):
    make.answer(case, "old-pact:1")
    client, page = curator(), case
    values = {
        "article": CommitmentLink.objects.get().article_id,
        "basis": "inferred",
        "reason": "x",
        "lines": "3",
    }
    assert "stands in two rows" in errors(save(client, page, **row(ROWS, 1, **values)))
    with pytest.raises(IntegrityError), transaction.atomic():
        make.answer(case, "old-pact:1")


def test_only_what_is_changed_is_signed_by_whoever_changed_it(case):
    kept, changed = make.answer(case, "old-pact:1", lines="3"), make.answer(case, "old-pact:2", lines="3")
    client = curator()
    User.objects.update(first_name="Mei", last_name="Lin")
    order = list(case.commitment_links.values_list("pk", flat=True))
    assert errors(save(client, case, **{f"{ROWS}-{order.index(changed.pk)}-reason": "Better."})) == ""
    kept.refresh_from_db()
    changed.refresh_from_db()
    assert (kept.editor, changed.editor, changed.reason) == ("", "Mei Lin", "Better.")
    assert errors(save(client, kept, reason="Better too.")) == ""
    kept.refresh_from_db()
    assert kept.editor == "Mei Lin"


def test_saving_without_a_change_signs_nothing(case):
    link = make.answer(case, "old-pact:1", lines="3")
    assert errors(save(curator(), link)) == ""
    link.refresh_from_db()
    assert link.editor == ""


def test_the_list_is_searched_and_filtered(case):
    make.answer(case, "old-pact:1", reason="Trees.", basis="stated")
    make.answer(case, "old-pact:2", reason="Ponds.")
    client = curator()
    listed = [client.get(f"{address(CommitmentLink)}?{query}").context["cl"].result_count for query in
              ("", "q=trees", "q=xiamen", "basis=stated", "article__number=2")]  # fmt: skip
    assert listed[:4] == [2, 1, 2, 1]
    assert "editor" not in filled(client, address(CommitmentLink, "add"))
