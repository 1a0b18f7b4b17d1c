"""`manage.py read_sources`: everything accounted for, or a plain message."""

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.needs_sources
def test_every_line_of_every_source_is_accounted_for(sources_dir, capsys):
    call_command("read_sources", sources_dir, totals=True)
    out = capsys.readouterr().out
    assert out.count("accounted for: 100 %") == 5
    assert "24 running header" in out
    assert "57 city data" in out
    assert "unclassified" not in out


@pytest.mark.needs_sources
def test_verbose_lists_every_range(sources_dir, capsys):
    call_command("read_sources", sources_dir)
    out = capsys.readouterr().out
    assert "    70: case xianning / lead" in out
    assert "    19-21: noise: title_page" in out


@pytest.mark.parametrize("name", ["nowhere", "."])
def test_a_folder_without_sources_is_refused_plainly(tmp_path, name):
    with pytest.raises(CommandError, match=r"cannot be read|missing"):
        call_command("read_sources", tmp_path / name)
