import pytest

from listing.addresses import Address, with_ending

ADDRESS = Address("/cases/", [("q", "a b"), ("theme", "x"), ("theme", "y")])


def test_it_is_written_with_its_query():
    assert str(ADDRESS) == "/cases/?q=a+b&theme=x&theme=y"
    assert str(Address("/cases/")) == "/cases/"
    assert str(Address("/cases/", [("q", "海口 & <")])) == "/cases/?q=%E6%B5%B7%E5%8F%A3+%26+%3C"


def test_one_value_goes_and_the_others_stay():
    assert ADDRESS.without("theme", "x").pairs == (("q", "a b"), ("theme", "y"))
    assert ADDRESS.without("theme").pairs == (("q", "a b"),)
    assert ADDRESS.without("theme", "z").pairs == ADDRESS.pairs


def test_toggling_twice_is_where_we_were():
    assert ADDRESS.toggled("city", "z").pairs[-1] == ("city", "z")
    assert ADDRESS.toggled("theme", "x").pairs == ADDRESS.without("theme", "x").pairs
    assert ADDRESS.toggled("city", "z").toggled("city", "z").pairs == ADDRESS.pairs


def test_setting_leaves_one_value():
    assert ADDRESS.setting("theme", "z").pairs == (("q", "a b"), ("theme", "z"))


def test_nothing_is_changed_in_place():
    before = ADDRESS.pairs
    ADDRESS.having("a", "b"), ADDRESS.without("q"), ADDRESS.at("/else/")
    assert (ADDRESS.pairs, ADDRESS.path) == (before, "/cases/")


@pytest.mark.parametrize(
    ("path", "file"), [("/cases/", "/cases.csv"), ("/cases/a/", "/cases/a.csv"), ("/x", "/x.csv")]
)
def test_an_ending_replaces_the_slash(path, file):
    assert with_ending(path, "csv") == file
