"""What the tests of loading share."""

import pytest

from records.loading import load
from tests.records import seeds


@pytest.fixture
def again(tmp_path):
    """A function that loads these records; the seed where none are given."""

    def load_records(records=None):
        return load(seeds.write(tmp_path, records or seeds.seed()))

    return load_records


@pytest.fixture
def loaded(again):
    again()
