"""The index as it would be searched with groups that are not saved."""

import pytest

from search.engine import Wanted
from search.models import Synonym
from search.service import snapshot
from search.trying import with_groups
from tests.factories import make_case

pytestmark = pytest.mark.django_db


@pytest.fixture
def cases():
    return {word: make_case(word, summary=f"About the {word}.").pk for word in ("tram", "velocipede", "boat")}


def found(state, text):
    return {id for id, _score in state.find(Wanted(("case",), (text,))).best(0, 10)}


def test_a_new_group_counts_beside_those_that_are_saved(cases):
    Synonym.objects.create(words="ship\nboat", reason="r")
    state = snapshot()
    tried = with_groups(state, [Synonym(words="bicycle\nvelocipede", only_typed="pedalling")])
    assert found(tried, "bicycle") == found(tried, "pedalling") == {cases["velocipede"]}
    assert found(tried, "ship") == {cases["boat"]}
    assert Synonym.objects.count() == 1


def test_the_state_itself_stays_as_it_is(cases):
    state = snapshot()
    before = found(state, "velocipede"), found(state, "tram")
    tried = with_groups(state, [Synonym(words="tram\nvelocipede")])
    assert found(tried, "tram") == {cases["tram"], cases["velocipede"]}
    assert tried.find(Wanted(("case",), ("tram",))).count == 2
    assert (found(state, "velocipede"), found(state, "tram")) == before
    assert state.find(Wanted(("case",), ("tram",))).count == 1


def test_a_group_with_a_number_takes_the_place_of_the_stored_one_and_one_that_is_gone_counts_no_more(cases):
    group = Synonym.objects.create(words="ship\nboat", reason="r")
    changed = Synonym(pk=group.pk, words="ship\ntram")
    assert found(with_groups(snapshot(), [changed]), "ship") == {cases["tram"]}
    assert found(with_groups(snapshot(), gone=[group]), "ship") == set()
    assert found(snapshot(), "ship") == {cases["boat"]}
