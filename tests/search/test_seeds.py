"""Loading the synonyms that come with the catalogue."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from search import seeds
from search.models import Synonym
from search.seeds import Seed, SeedError

SEED = Seed("bike", "bike\nbicycle", "cycling", "One vehicle.")
OTHER = Seed("ngo", "NGO\nsocial organisation", "", "One kind of body.")
ENTRY = '[[synonyms]]\nkey = "bike"\nwords = ["bike", "bicycle"]\nreason = "One vehicle."\n'


def counts(report):
    return {name: keys for name, keys in vars(report).items() if keys}


@pytest.fixture
def loaded(db):
    assert counts(seeds.load([SEED, OTHER])) == {"added": ["bike", "ngo"]}
    return {group.key: group for group in Synonym.objects.all()}


def test_loading_twice_changes_nothing(loaded):
    assert counts(seeds.load([SEED, OTHER])) == {}
    assert str(seeds.load([SEED, OTHER])) == "unchanged"
    assert Synonym.objects.get(key="bike").only_typed == "cycling"


def test_what_nobody_touched_is_brought_up_to_the_file(loaded):
    newer = replace(SEED, words="bike\nbicycle\n自行车")
    assert counts(seeds.load([newer, OTHER])) == {"changed": ["bike"]}
    assert "自行车" in Synonym.objects.get(key="bike").words


@pytest.mark.parametrize("name", ["words", "only_typed", "reason"])
def test_what_a_curator_edited_is_kept(loaded, name):
    Synonym.objects.filter(key="bike").update(**{name: "bike\nvelocipede"})
    newer = replace(SEED, words="bike\nbicycle\n自行车")
    assert counts(seeds.load([newer, OTHER])) == {"kept": ["bike"]}
    assert counts(seeds.load([OTHER])) == {}
    assert getattr(Synonym.objects.get(key="bike"), name) == "bike\nvelocipede"


def test_line_breaks_of_a_browser_are_no_edit(loaded):
    Synonym.objects.filter(key="bike").update(words="bike\r\nbicycle")
    assert counts(seeds.load([SEED, OTHER])) == {}


@pytest.mark.parametrize("by", ["one", "many"])
def test_what_a_curator_removed_stays_removed(loaded, by):
    loaded["bike"].delete() if by == "one" else Synonym.objects.filter(key="bike").delete()
    own = Synonym.objects.create(words="a b\nc d", reason="Own.")
    assert counts(seeds.load([SEED, OTHER])) == {"removed": ["bike"]}
    assert not Synonym.objects.filter(key="bike").exists()
    own.delete()
    assert not Synonym.with_gone.filter(pk=own.pk).exists()


def test_what_is_gone_from_the_file_goes_and_comes_back(loaded):
    assert counts(seeds.load([OTHER])) == {"removed": ["bike"]}
    assert counts(seeds.load([SEED, OTHER])) == {"added": ["bike"]}


def test_a_dry_run_does_nothing(db):
    assert counts(seeds.load([SEED], dry_run=True)) == {"added": ["bike"]}
    assert not Synonym.with_gone.exists()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("synonyms = 1 1", "cannot be read"),
        ("", "cannot be read"),
        (ENTRY + ENTRY, "given twice"),
        (ENTRY.replace('key = "bike"\n', ""), "group 1: key and reason"),
        (ENTRY.replace("One vehicle.", " "), "bike: key and reason"),
        (ENTRY + 'word = "x"\n', "“word” is not known"),
        (ENTRY.replace(', "bicycle"', ""), "at least two"),
        (ENTRY.replace('"bicycle"', '"bikes"'), "“bikes” is the same as “bike”"),
        (ENTRY.replace('"bicycle"', '"…"'), "“…” is no word"),
    ],
)
def test_a_file_that_is_not_as_it_should_be_is_refused(tmp_path, text, problem):
    path = tmp_path / "synonyms.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SeedError, match=problem):
        seeds.read(path)


def test_the_file_of_the_catalogue_is_loaded_with_its_fixtures(catalogue, capsys):
    assert Synonym.objects.count() == len(seeds.read(settings.SYNONYMS))
    call_command("load_catalogue")
    assert "Synonyms: unchanged" in capsys.readouterr().out


@pytest.mark.django_db
def test_a_broken_file_is_a_message(settings, tmp_path):
    settings.SYNONYMS = tmp_path / "synonyms.toml"
    with pytest.raises(CommandError, match=r"The synonyms were not loaded\. synonyms\.toml cannot be read"):
        call_command("load_catalogue", verbosity=0)
