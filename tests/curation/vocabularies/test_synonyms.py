"""A word in two groups of synonyms: staff are told, and nothing is refused."""

import pytest

from curation.vocabularies.synonyms import in_other_groups
from search.models import Synonym
from tests.staff import curator, save, told

pytestmark = pytest.mark.django_db


def test_a_word_that_another_group_has_is_told_as_search_tells_words_apart():
    bike = Synonym.objects.create(words="bike\nbicycle", reason="r")
    cycle = Synonym.objects.create(words="bicycles\ncycle", only_typed="pedal", reason="r")
    assert in_other_groups(cycle) == [("bicycles", bike)]
    assert in_other_groups(Synonym(words="pedals\ntreadle")) == [("pedals", cycle)]
    assert in_other_groups(Synonym(words="tram\nstreetcar")) == []


def test_staff_are_warned_after_saving():
    Synonym.objects.create(words="bike\nbicycle", reason="r")
    group = Synonym.objects.create(words="cycle\nwheel", reason="r")
    client = curator()
    answer = save(client, group, words="cycle\nbicycle")
    assert answer.status_code == 302
    assert "“bicycle” stands in another group, too: “bike, bicycle”" in told(client.get(answer["Location"]))
