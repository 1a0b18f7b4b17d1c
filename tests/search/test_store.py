"""Whatever happens to the files, readers get a true index or are told that one is being built."""

import logging
import random
import shutil
import threading
import time
from pathlib import Path

import pytest
import tantivy

from cases.models import Initiative
from search import schema, store
from search.engine import Wanted
from search.service import Building, Service
from search.store import Busy, Damaged, Store, remove, verify
from tests import factories as make
from tests.web import ids

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings):
    """The folder of an index of five cases, built by a process that is gone."""
    for n in range(5):
        make.make_case(f"Park {n}", slug=f"park-{n}", city=make.make_city(f"City {n}"))
    _found(settings.SEARCH_INDEX)
    Initiative.objects.filter(slug="park-4").update(title="Lane")  # so that a segment has deletions
    assert len(_found(settings.SEARCH_INDEX)) == 4
    return settings.SEARCH_INDEX


def _found(folder) -> list[int]:
    """What a new process finds."""
    found = Service(folder).snapshot().find(Wanted(("case",), ("park",)))
    return sorted(id for id, _score in found.best(0, 10))


def _files(folder) -> list[Path]:
    """The files that hold the index; the engine's locks and its note of its own files are not among them."""
    return sorted(path for path in Store(folder).current().iterdir() if not path.name.startswith("."))


def _noticed(folder, caplog) -> bool:
    """Whether a new process finds the damage, builds beside and answers as before."""
    before = Store(folder).current()
    with caplog.at_level(logging.WARNING, logger="search.service"):
        assert len(_found(folder)) == 4
    after = Store(folder).current()
    verify(after)
    assert not [path for path in folder.iterdir() if path.is_dir() and path != after]
    return after != before


def test_a_whole_index_is_opened_as_it_is(folder, caplog):
    assert not _noticed(folder, caplog)
    assert caplog.records == []


@pytest.fixture
def damaged(folder, tmp_path):
    """A function that gives the folder as it was, but for one file changed so."""
    shutil.copytree(folder, tmp_path / "whole")

    def damage(path: Path, content: bytes) -> None:
        remove(folder)
        shutil.copytree(tmp_path / "whole", folder)
        path.write_bytes(content)

    return damage


def test_a_truncated_file_is_noticed(folder, caplog, damaged):
    every = {path: path.read_bytes() for path in _files(folder)}
    kinds = {path.name.rpartition(".")[2] for path in every}
    assert kinds == {"fast", "fieldnorm", "idx", "pos", "store", "term", "del", "json", "seal"}
    for path, content in every.items():
        for kept in (0, len(content) // 2, len(content) - 1):
            damaged(path, content[:kept])
            assert _noticed(folder, caplog), (path.name, kept)


def test_a_flipped_byte_in_any_file_is_noticed_or_changes_no_answer(folder, caplog, damaged):
    chance = random.Random(7)  # noqa: S311 - the same damage every time
    every = {path: path.read_bytes() for path in _files(folder)}
    for path, content in every.items():
        for place in {
            0,
            len(content) // 2,
            len(content) - 1,
            *(chance.randrange(len(content)) for _ in range(6)),
        }:
            flipped = bytes(
                [*content[:place], content[place] ^ 1 << chance.randrange(8), *content[place + 1 :]]
            )
            damaged(path, flipped)
            # What the engine's footer says of its version is no part of what is found.
            assert _noticed(folder, caplog) or place > len(content) - 150, (path.name, place, len(content))


@pytest.mark.parametrize(
    "content", [b"", b"\0" * 400, b"{}", b"null", b"[]", b'{"segments": 5}', b"\xff\xfe", None], ids=repr
)
@pytest.mark.parametrize("name", ["meta.json", "seal", ".managed.json"])
def test_a_list_of_files_that_is_missing_or_nonsense_is_noticed(folder, caplog, name, content):
    path = Store(folder).current() / name
    if content is None:
        path.unlink()
    else:
        path.write_bytes(content)
    assert _noticed(folder, caplog) or name == ".managed.json"


def test_a_missing_segment_file_is_noticed(folder, caplog):
    next(path for path in _files(folder) if path.suffix == ".idx").unlink()
    assert _noticed(folder, caplog)


def test_a_swapped_list_of_files_is_noticed(folder, caplog):
    """An older list that fits the files is not what was written last: it would bring back what was changed."""
    generation = Store(folder).current()
    older = (generation / "meta.json").read_bytes()
    Initiative.objects.filter(slug="park-3").update(title="Lane")
    assert len(_found(folder)) == 3
    Initiative.objects.filter(slug="park-3").update(title="Park")
    assert len(_found(folder)) == 4
    (generation / "meta.json").write_bytes(older)
    assert _noticed(folder, caplog)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\0\0",
        b"nonsense",
        b"../../etc",
        b"\xff\xff",
        "généra".encode(),
        b"0123456789abcdef-1",
        b"x" * 5000,
    ],
    ids=repr,
)
def test_garbage_in_current_is_noticed(folder, caplog, content):
    (folder / "current").write_bytes(content)
    assert Store(folder).current() is None
    assert len(_found(folder)) == 4
    assert Store(folder).current() is not None


def test_a_current_that_leads_elsewhere_is_not_followed(folder, tmp_path):
    shutil.copytree(Store(folder).current(), tmp_path / "elsewhere")
    (folder / "current").write_text(f"{schema.version()}-1/../../elsewhere")
    assert Store(folder).current() is None


def test_an_index_of_another_version_is_built_anew_beside_and_removed(folder, monkeypatch):
    before = Store(folder).current()
    monkeypatch.setattr(schema, "WEIGHTS", {**schema.WEIGHTS, "title": 0.6})
    assert Store(folder).current() is None
    assert len(_found(folder)) == 4
    after = Store(folder).current()
    assert after.name.startswith(schema.version())
    assert not before.exists()


@pytest.mark.parametrize("what", ["folder", "generation", "current"])
def test_what_is_deleted_at_any_moment_is_built_anew(client, folder, settings, what):
    assert len(ids(client, "q=park")) == 4
    {
        "folder": lambda: remove(folder),
        "generation": lambda: remove(Store(folder).current()),
        "current": lambda: (folder / "current").unlink(),
    }[what]()
    assert len(ids(client, "q=park")) == len(_found(folder)) == 4


def test_debris_of_those_who_were_killed_is_removed(folder):
    (folder / f"{schema.version()}-99").mkdir()
    (folder / "older-3").mkdir()
    (folder / "notes").mkdir()
    Service(folder).rebuild()
    kept = {f"{schema.version()}-100", "building", "current", "lock", "notes"}
    assert {path.name for path in folder.iterdir()} == kept


def test_what_was_not_finished_is_never_opened(folder, monkeypatch):
    """A build that fails half way leaves the index in use as it was."""
    before, real = Store(folder).current(), schema.to_engine
    made = []

    def fails(*arguments):
        made.append(arguments)
        if len(made) > 3:
            raise OSError("the disk is full")
        return real(*arguments)

    monkeypatch.setattr(schema, "to_engine", fails)
    with pytest.raises(OSError, match="full"):
        Service(folder).rebuild()
    monkeypatch.undo()
    assert Store(folder).current() == before
    verify(before)
    assert len(_found(folder)) == 4


def test_one_at_a_time_holds_the_lock_and_the_next_gets_it(folder):
    one, other = Store(folder), Store(folder)
    with one.lock():
        with pytest.raises(Busy), other.lock():
            pass
        with pytest.raises(Busy), other.lock(wait=0.05):
            pass
        waited = []
        thread = threading.Thread(target=lambda: waited.append(_entered(other)))
        thread.start()
    thread.join(60)
    assert waited == [True]


def _entered(other: Store) -> bool:
    with other.lock(wait=60):
        return True


def test_a_lock_is_let_go_when_its_holder_fails(folder):
    with pytest.raises(ZeroDivisionError), Store(folder).lock():
        raise ZeroDivisionError
    with Store(folder).lock():
        pass


def test_verify_says_what_is_wrong(folder):
    generation = Store(folder).current()
    verify(generation)
    path = next(path for path in _files(folder) if path.suffix == ".term")
    content = bytearray(path.read_bytes())
    content[10] ^= 1
    path.write_bytes(bytes(content))
    with pytest.raises(Damaged, match=path.name):
        verify(generation)
    assert store.META == "meta.json"


@pytest.mark.django_db(transaction=True)
def test_pages_answer_while_a_damaged_index_is_built_anew(client, folder, settings):
    (Store(folder).current() / "meta.json").write_bytes(b"")
    settings.SEARCH_IN_BACKGROUND = True
    settings.SEARCH_IN_TRANSACTIONS = False
    search = Service(folder)
    with Store(folder).lock():  # nobody gets to build while this is held
        with pytest.raises(Building):
            search.snapshot()
        page = client.get("/cases/")
        assert (page.status_code, page.context["count"], page.context["errors"]) == (200, 5, [])
        words = client.get("/cases/?q=park")
        assert (words.status_code, words.context["count"]) == (200, 0)
        assert b"being built" in words.content
    _wait_for(search)
    assert client.get("/cases/?q=park").context["count"] == 4


def _wait_for(search: Service) -> None:
    for thread in threading.enumerate():
        if thread.name == "search":
            thread.join(300)
    until = time.monotonic() + 300
    while True:
        try:
            search.snapshot()
            return
        except Building:
            assert time.monotonic() < until
            time.sleep(0.05)


def test_an_open_index_stays_as_it_is_until_it_is_told_to_read_anew(folder):
    Service(folder).snapshot()
    generation = Store(folder).current()
    index, writer = store.open_index(generation), store.open_index(generation).writer(15_000_000, 1)
    before = index.searcher().num_docs
    writer.add_document(tantivy.Document(key="one more"))
    writer.commit()
    writer.wait_merging_threads()
    time.sleep(1.5)  # the engine itself would look twice a second
    assert index.searcher().num_docs == before
    index.reload()
    assert index.searcher().num_docs == before + 1
