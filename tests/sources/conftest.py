"""What tests of the build share: a copy of the editors' data files that a test may spoil."""

import re
import shutil

import pytest

from sources.reading.data import DATA


@pytest.fixture
def data(tmp_path):
    """A copy of the data files."""
    return shutil.copytree(DATA, tmp_path / "data")


@pytest.fixture
def spoil(data):
    """A function that replaces the first match of a pattern in a data file."""

    def replace(name, pattern, replacement):
        text = (data / name).read_text(encoding="utf-8")
        spoiled, count = re.subn(pattern, replacement, text, count=1, flags=re.DOTALL | re.MULTILINE)
        assert count == 1, f"{pattern} is not in {name}"
        (data / name).write_text(spoiled, encoding="utf-8")

    return replace
