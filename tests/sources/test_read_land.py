"""`manage.py read_land`: only what land.toml names is read, and what is there is kept otherwise."""

import pytest
from django.core.management import CommandError, call_command

from maps import land


def test_another_version_than_the_named_one_is_refused_and_changes_nothing(tmp_path):
    (tmp_path / "land-110m.json").write_text("{}")
    before = {path.name: path.read_bytes() for path in land.DATA.iterdir()}
    with pytest.raises(CommandError, match=r"land-110m\.json is not the one of land\.toml"):
        call_command("read_land", tmp_path)
    assert {path.name: path.read_bytes() for path in land.DATA.iterdir()} == before
