"""Cases in the staff pages: edited whole on one page, published only when readers would see them."""

import pytest

from cases.models import Initiative, InitiativeTheme, Outcome, Section
from cities.models import City
from records.models import FormerSlug, LoadedRecord
from sources.models import SourceText
from tests.everything import make_everything
from tests.factories import (
    make_case,
    make_city,
    make_programme,
    make_section,
    make_source,
    make_theme,
)
from tests.staff import (
    act,
    address,
    change_page,
    confirmed,
    curator,
    errors,
    filled,
    row,
    save,
    shown_lines,
    staff_with,
    step,
    take,
    told,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client():
    return curator()


@pytest.fixture
def case():
    """A draft of a public city, with a source of ten lines."""
    return make_case(
        "Green Lane",
        city=make_city("Xiamen"),
        state="draft",
        summary="A lane.",
        source=make_source(line_count=10),
    )


def section(number, **values):
    return row(
        "sections",
        number,
        **{
            "key": "what",
            "position": 1,
            "level": 1,
            "heading": "What",
            "kind": "measures",
            "digest": "x",
            **values,
        },
    )


# Publishing


def test_published_in_bulk_and_withdrawn_with_a_reason(client, case):
    other = make_case("Other", state="draft", summary="x")
    assert "2 records published." in told(take(client, Initiative, "publish", case, other))
    assert Initiative.objects.public().count() == 2
    done = take(client, Initiative, "withdraw", case, other, reason="Two of one kind.")
    assert "2 records withdrawn." in told(done)
    assert {each.state_reason for each in Initiative.objects.all()} == {"Two of one kind."}
    assert Initiative.objects.public().count() == 0


def test_in_bulk_what_cannot_be_published_is_named_with_what_to_do(client, case):
    draft_city = make_city("Bijie", state="draft")
    waiting = make_case("Waiting", city=draft_city, state="draft", summary="x")
    empty = make_case("Empty", state="draft", summary=" ")
    hidden = make_case("Lost", state="draft", summary="x", hidden=True)
    shown = act(client, Initiative, "publish", case, waiting, empty, hidden)
    assert {name: line[2] for name, line in shown_lines(shown).items()} == {
        case.title: "",
        "Waiting": "publish the city “Bijie” first",
        "Empty": "fill in “summary” first",
        "Lost": "it is hidden: clear “hidden” on its page first",
    }
    assert "1 would change, 0 stay as they are, 3 are refused." in shown.content.decode()
    assert not Initiative.objects.filter(state="published").exists()
    assert "1 record published." in told(confirmed(client, shown))
    assert list(Initiative.objects.filter(state="published")) == [case]


def test_publishing_is_a_change_with_its_time_and_a_line_in_the_history(client, case):
    before = case.updated_at
    take(client, Initiative, "publish", case)
    case.refresh_from_db()
    assert case.updated_at > before
    history = client.get(address(Initiative, "history", case.pk))
    (done,) = history.context["operations"]
    assert ("State", "published") in [(each.label, each.after) for each in done["entries"][0].differences]


def test_the_right_to_change_is_not_enough_to_publish(case):
    viewer = staff_with("cases.view_initiative", "cases.change_initiative", "cases.delete_initiative")
    assert "publish" not in dict(
        viewer.get(address(Initiative)).context["action_form"].fields["action"].choices
    )
    data = {"action": "publish", "_selected_action": [case.pk]}
    assert viewer.post(address(Initiative), data).status_code == 403
    assert not Initiative.objects.filter(state="published").exists()


def test_who_publishes_need_not_have_the_right_to_change(case):
    editor = staff_with("cases.view_initiative", "curation.publish_records")
    assert "1 record published." in told(take(editor, Initiative, "publish", case))


def test_on_its_page_a_case_of_a_draft_city_cannot_be_published(client, case):
    City.objects.update(state="draft")
    assert "was not published: publish the city “Xiamen” first." in told(step(client, case, "publish"))
    City.objects.update(state="published", hidden=True)
    assert "the city “Xiamen” is hidden" in told(step(client, case, "publish"))
    City.objects.update(hidden=False)
    assert "1 record published." in told(step(client, case, "publish"))


def test_a_published_case_stays_correctable_while_its_city_is_a_draft(client, case):
    Initiative.objects.update(state="published")
    City.objects.update(state="draft")
    assert errors(save(client, case, title="Greener Lane")) == ""
    other = make_city("Bijie", state="draft")
    assert "publish the city “Bijie” first" in errors(save(client, case, city=other.pk))


def test_view_on_site_only_while_readers_see_it(client, case):
    assert "viewsitelink" not in client.get(change_page(case)).content.decode()
    take(client, Initiative, "publish", case)
    page = client.get(change_page(case)).content.decode()
    assert f'href="{case.get_absolute_url()}" class="viewsitelink"' in page


def test_the_list_says_what_readers_see_of_a_case(client, case):
    make_case("Of a draft city", city=make_city(state="draft"))
    make_case("Seen")
    rows = client.get(address(Initiative)).context["cl"].queryset
    assert {row.title: bool(row.shown_to_readers) for row in rows} == {
        "Green Lane": False,
        "Of a draft city": False,
        "Seen": True,
    }


# One page for a case and its parts


def test_a_case_is_made_with_its_parts_on_one_page(client):
    city, source, theme = make_city("Xiamen"), make_source(line_count=10), make_theme()
    data = filled(
        client,
        address(Initiative, "add"),
        title="Green Lane",
        slug="green-lane",
        city=city.pk,
        programme=make_programme().pk,
        summary="A lane.",
        source=source.pk,
        **section(0, first_line=3),
        **row("theme_links", 0, theme=theme.pk, reason="It is green.", lines="3-4"),
    )
    assert errors(client.post(address(Initiative, "add"), data)) == ""
    case = Initiative.objects.get()
    assert case.slug == "xiamen-green-lane"
    part = case.sections.get()
    # The source comes from the case, and a single line need not be given twice.
    assert (part.source, part.first_line, part.last_line) == (source, 3, 3)
    assert case.theme_links.get().source == source


def test_a_part_keeps_a_source_of_its_own_and_none_without_lines(client, case):
    own = make_source("own", line_count=20)
    data = section(0, source=own.pk, first_line=15) | section(1, key="more", position=2)
    assert errors(save(client, case, **data)) == ""
    assert list(case.sections.values_list("key", "source__slug")) == [("what", "own"), ("more", None)]


def test_the_page_of_a_part_takes_the_source_from_its_case_too(client, case):
    part = make_section(case, "x")
    assert errors(save(client, part, first_line=2, last_line=4)) == ""
    part.refresh_from_db()
    assert part.source == case.source


def test_the_printed_lines_stand_beside_the_values(client):
    make_everything(1)
    page = client.get(change_page(Initiative.objects.get())).content.decode()
    assert page.count("<p>The area is <mark>7,434</mark> km2.</p>") >= 5
    SourceText.objects.all().delete()
    page = client.get(change_page(Initiative.objects.get())).content.decode()
    assert "The text of this source is not attached here." in page


def test_printed_text_is_shown_as_text(client, case):
    SourceText.objects.create(source=case.source, text="<script>alert(1)</script>")
    part = make_section(case, "x", source=case.source, first_line=1, last_line=1, printed="<script>")
    page = client.get(change_page(part)).content.decode()
    assert "<mark>&lt;script&gt;</mark>alert(1)&lt;/script&gt;" in page


def test_numbers_stand_without_the_zeros_of_their_column(client, case):
    outcome = Outcome.objects.create(
        initiative=case, key="k", indicator="area", value="7434.4", status="achieved"
    )
    assert 'value="7434.4"' in client.get(change_page(outcome)).content.decode()
    assert ">7434.4</td>" in client.get(address(Outcome)).content.decode()


def test_headings_say_how_many_parts_are_folded_behind_them(client, case):
    make_section(case, "x")
    page = client.get(change_page(case))
    assert [str(rows.opts.verbose_name_plural) for rows in page.context["inline_admin_formsets"]][:2] == [
        "sections (1)",
        "themes (0)",
    ]


def test_a_new_slug_leaves_a_way_from_the_old_one(client, case):
    old = case.slug
    assert "the old address leads on" in client.get(change_page(case)).content.decode()
    assert errors(save(client, case, slug="xiamen-lane")) == ""
    assert FormerSlug.objects.get(slug=old).object_id == case.pk


def test_a_deleted_case_is_remembered_with_its_parts(client, case):
    make_section(case, "x")
    client.post(address(Initiative, "delete", case.pk), {"post": "yes"})
    assert not Initiative.objects.exists()
    assert {mark.model for mark in LoadedRecord.objects.all()} == {"cases.initiative", "cases.section"}


# What is refused, and what to do about it


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"started": "17"}, "“17” is not a date. Write 2014, 2014-11"),
        ({"started": "198X"}, "Write the start as 2017, 2017-06 or 2017-06-30."),
        ({"first_line": 5, "last_line": 4}, "a last line not before it"),
        ({"first_line": "", "last_line": 4}, "Give the first line too, or leave out the last."),
        ({"first_line": 3, "last_line": 11}, "has 10 lines"),
        ({"source": "", "first_line": 3}, "A place in a source needs the source"),
        ({"started": "2017", "started_reason": "It says so."}, "Give the lines of the source that the start"),
        ({"started": "2017", "started_lines": "5"}, "Say why this is the start."),
        (
            {"source": "", "started": "2017", "started_lines": "5", "started_reason": "x"},
            "A place in a source needs the source",
        ),
        ({"started_lines": "about 5"}, "“about 5” is not a line or a range of lines. Write 83, 75-79"),
        ({"summary": ""}, "This field is required."),
        (section(0, second_kind="measures"), "The second kind must differ from the first."),
        (section(0, kind="third"), "Select a valid choice."),
        (section(0, level=3), "Select a valid choice."),
        (section(0, first_line=5, last_line=4), "a last line not before it"),
        (
            section(0) | section(1, position=2),
            "The same key stands in two rows: change or remove one of them.",
        ),
    ],
)
def test_a_refused_case_says_what_to_do(client, case, changes, message):
    assert message in errors(save(client, case, **changes))
    case.refresh_from_db()
    assert (case.started, case.first_line, case.sections.count()) == ("", None, 0)


def test_a_theme_given_twice_is_refused_on_the_case_and_on_its_own_page(client, case):
    theme = make_theme()
    twice = row("theme_links", 0, theme=theme.pk, reason="a") | row(
        "theme_links", 1, theme=theme.pk, reason="b"
    )
    assert "The same theme stands in two rows" in errors(save(client, case, **twice))
    InitiativeTheme.objects.create(initiative=case, theme=theme, reason="a")
    data = {"initiative": case.pk, "theme": theme.pk, "reason": "b"}
    refused = client.post(address(InitiativeTheme, "add"), data)
    assert "There already is a Theme of a case with this Case and Theme: change that one" in errors(refused)


def test_an_outcome_repeats_only_another_one_of_its_case(client, case):
    def outcome(of):
        return Outcome.objects.create(initiative=of, key="k", indicator="area", status="achieved")

    own, foreign = outcome(case), outcome(make_case())
    assert "A claim cannot repeat itself" in errors(save(client, own, repeats=own.pk))
    assert "That claim is of another case" in errors(save(client, own, repeats=foreign.pk))
    assert "must not be above" in errors(save(client, own, value_low=2, value_high=1))


def test_rows_without_the_right_to_change_them_cannot_be_changed_by_hand(case):
    part = make_section(case, "kept")
    rights = ["cases.view_initiative", "cases.change_initiative", "cases.view_section"]
    editor = staff_with(*rights)
    changes = {
        **section(0, id=part.pk, initiative=case.pk, digest="overwritten"),
        "sections-INITIAL_FORMS": 1,
    }
    assert save(editor, case, **changes).status_code == 302
    assert Section.objects.get().digest == "kept"


def test_what_a_place_lacks_is_said_at_the_field(client, case):
    def at_fields(**changes):
        refused = save(client, case, **changes).context
        rows = [row for formset in refused["inline_admin_formsets"] for row in formset.formset.forms]
        return {name for form in [refused["adminform"].form, *rows] for name in form.errors}

    assert at_fields(source="", first_line=3) == {"source"}
    assert at_fields(first_line=0, last_line=4) == {"first_line"}
    assert at_fields(first_line=5, last_line=4) == {"last_line"}
    assert at_fields(**section(0, first_line=5, last_line=4)) == {"last_line"}


def test_a_start_with_reason_and_lines_is_taken(client, case):
    start = {"started": "2017", "started_lines": "5", "started_reason": "Work began then."}
    assert errors(save(client, case, **start)) == ""
    case.refresh_from_db()
    assert (case.started, case.started_lines) == ("2017", "5")


def test_a_section_without_a_position_comes_last(client, case):
    rows = section(0, position=4) | section(1, key="a", position="") | section(2, key="b", position="")
    assert errors(save(client, case, **rows)) == ""
    assert dict(case.sections.values_list("key", "position")) == {"what": 4, "a": 5, "b": 6}
    alone = {"initiative": case.pk, "key": "c", "level": 1, "heading": "C", "kind": "measures", "digest": "x"}
    assert errors(client.post(address(Section, "add"), alone)) == ""
    assert case.sections.get(key="c").position == 7
