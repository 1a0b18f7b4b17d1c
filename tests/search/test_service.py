"""Search as processes have it: one that builds, one that edits, several at once, one split off from another."""

import json
import threading
import time
from datetime import timedelta

import pytest
from django.db import connection

from cases.models import Initiative
from search import changes, indexing
from search.engine import Wanted
from search.service import Building, Service, service, snapshot
from search.store import META, Busy, Store, verify
from tests import factories as make
from tests.search.indexes import damage_in_place
from tests.search.processes import run, start
from tests.web import body_of

pytestmark = pytest.mark.django_db(transaction=True)


def _cases(count: int, word: str = "park") -> list[Initiative]:
    city, programme = make.make_city(), make.make_programme()
    return Initiative.objects.bulk_create(
        Initiative(
            slug=f"case-{n:04}", title=f"{word} {n}", city=city, programme=programme, state=make.PUBLISHED
        )
        for n in range(count)
    )


def _found(*texts: str, search=None) -> list[int]:
    found = (search or service()).snapshot().find(Wanted(("case",), texts))
    return sorted(id for id, _score in found.best(0, 10_000))


@pytest.fixture
def as_served(settings):
    """As a server runs it: long jobs beside the readers."""
    settings.SEARCH_IN_BACKGROUND = True
    settings.SEARCH_IN_TRANSACTIONS = False
    yield
    _join()


def _join() -> None:
    for thread in threading.enumerate():
        if thread.name == "search":
            thread.join(300)


@pytest.mark.usefixtures("as_served")
def test_lists_answer_and_words_wait_while_the_index_is_built(client):
    _cases(3)
    with Store(service().store.folder).lock():  # as if somebody else were at it
        with pytest.raises(Building):
            snapshot()
        for address in ("/cases/", "/cases/?sort=-title", "/cases/?city=x", "/cases.json", "/"):
            assert client.get(address).status_code in (200, 400)
        assert client.get("/cases/").context["count"] == 3
        page = client.get("/cases/?q=park")
        assert (page.status_code, page.context["count"]) == (200, 0)
        assert b"being built" in page.content
        assert client.get("/cases.csv?q=park").status_code == 503
    _join()
    assert client.get("/cases/?q=park").context["count"] == 3


@pytest.mark.usefixtures("as_served")
def test_readers_have_the_index_of_before_while_a_long_update_runs():
    cases = _cases(150)
    service().rebuild()
    assert len(_found("park")) == 150
    with Store(service().store.folder).lock():
        Initiative.objects.filter(pk__lte=cases[119].pk).update(title="lane")
        for _ in range(3):
            assert len(_found("park")) == 150
    _join()
    snapshot()
    _join()
    assert (len(_found("park")), len(_found("lane"))) == (30, 120)


def test_a_reader_does_not_wait_for_ever_for_a_small_update_of_somebody_else():
    cases = _cases(3)
    assert len(_found("park")) == 3
    with Store(service().store.folder).lock():
        Initiative.objects.filter(pk=cases[0].pk).update(title="lane")
        assert len(_found("park")) == 3
    assert _found("lane") == [cases[0].pk]


HOLDER = """
with service().store.lock(), service().store.building():
    say("held")
    sys.stdin.readline()
"""


@pytest.fixture
def held():
    """Both locks in the hands of another process, for as long as a test lasts."""
    process = start(HOLDER)
    assert process.stdout.readline() == "held\n"
    yield
    process.communicate("enough\n")


@pytest.mark.usefixtures("as_served")
def test_a_process_that_starts_while_another_writes_has_the_index_at_once(client, request):
    _cases(3)
    service().rebuild()
    request.getfixturevalue("held")
    assert len(_found("park", search=Service(service().store.folder))) == 3


@pytest.mark.usefixtures("as_served")
def test_a_process_that_starts_notices_damage_while_another_writes(request):
    _cases(3)
    service().rebuild()
    folder = service().store.folder
    with next(service().store.current().glob("*.term")).open("r+b") as file:
        file.write(b"\xff\xff")
    request.getfixturevalue("held")
    with pytest.raises(Building):
        Service(folder).snapshot()


@pytest.mark.usefixtures("as_served")
@pytest.mark.parametrize("damaged", ["meta.json", "*.term", "*.fieldnorm", "*.store"])
def test_what_is_damaged_while_it_is_served_is_built_anew(damaged):
    _cases(3)
    service().rebuild()
    assert len(_found("park")) == 3
    file = next(service().store.current().glob(damaged))
    # Another file of that name: what this process has open of the first one stays as it is.
    half = file.read_bytes()[: file.stat().st_size // 2]
    file.unlink()
    file.write_bytes(half)
    Initiative.objects.filter(slug="case-0001").update(title="A lake")
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if len(_found("lake")) == 1:
                break
        except Building:
            time.sleep(0.05)
    assert (len(_found("park")), len(_found("lake"))) == (2, 1)


@pytest.mark.usefixtures("as_served")
@pytest.mark.parametrize("address", ["/cases.json", "/cases/", "/search.json", "/search/"])
def test_a_search_that_meets_a_damaged_part_is_answered_from_a_new_index(client, address):
    _cases(300)
    service().rebuild()
    assert len(_found("park")) == 300
    damage_in_place(service().store.current())
    until, answers = time.monotonic() + 30, set()
    while time.monotonic() < until:
        answer = client.get(f'{address}?q="park+7"')
        answers.add(answer.status_code)
        body = body_of(answer)
        if answer.status_code == 200 and b"case-0007" in body:
            break
        time.sleep(0.05)
    else:
        pytest.fail(f"no answer in time: {answers}")
    assert answers <= {200, 503}


COMMITS = """
from search.store import writing
pk = int(sys.argv[1])
say("ready")
n = 0
while not os.path.exists(sys.argv[2]):
    n += 1
    Initiative.objects.filter(pk=pk).update(title=f"zeppelin {n}")
    found("zeppelin")
"""


def test_processes_that_start_while_another_commits_find_nothing_damaged(tmp_path, caplog):
    cases = _cases(20)
    _found("park")
    generation = service().store.current()
    process = start(COMMITS, cases[0].pk, tmp_path / "enough")
    assert process.stdout.readline() == "ready\n"
    for _ in range(25):
        assert len(_found("park", search=Service(service().store.folder))) >= 19
    (tmp_path / "enough").touch()
    process.communicate(timeout=120)
    assert service().store.current() == generation
    assert caplog.records == []


@pytest.mark.usefixtures("as_served")
def test_joining_segments_is_left_to_a_thread_that_takes_in_what_others_change_meanwhile(monkeypatch):
    """The engine is held to be joining for as long as the test wants; the lock stays with the thread."""
    cases = _cases(4)
    service().rebuild()
    _found("park")
    joining = threading.Event()
    monkeypatch.setattr(indexing, "merging", lambda generation: 0 if joining.is_set() else 1_000_000)
    try:
        for n, case in enumerate(cases):
            Initiative.objects.filter(pk=case.pk).update(title="zeppelin")
            _until(lambda n=n: len(_found("zeppelin")) == n + 1)
            with pytest.raises(Busy), service().store.lock():
                pass
    finally:
        joining.set()
    _join()
    verify(service().store.current())
    with service().store.lock():
        pass


def _until(is_so, seconds: float = 60) -> None:
    """Waits for something to be so, far longer than it should take."""
    until = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < until
        time.sleep(0.01)


EDITOR = """
say("ready")
for line in sys.stdin:
    Initiative.objects.filter(pk=int(line)).update(title="zeppelin")
    say("committed")
"""


def test_a_change_by_another_process_is_found_by_the_next_search():
    cases = _cases(60)
    assert _found("zeppelin") == []
    process = start(EDITOR)
    assert process.stdout.readline() == "ready\n"
    for n, case in enumerate(cases[:8]):
        process.stdin.write(f"{case.pk}\n")
        process.stdin.flush()
        assert process.stdout.readline() == "committed\n"
        assert len(_found("zeppelin")) == n + 1
    process.communicate()


EDITS_AND_SEARCHES = """
mine, name = [int(n) for n in sys.argv[2:]], sys.argv[1]
found("park")
say("ready")
sys.stdin.readline()
missed = 0
for pk in mine:
    Initiative.objects.filter(pk=pk).update(title=f"zeppelin {name}")
    until = time.monotonic() + 120
    while pk not in found(f"zeppelin {name}"):
        missed += 1
        if time.monotonic() > until:
            say("LOST", pk)
            sys.exit(1)
say("missed", missed)
"""


def test_two_processes_that_edit_and_search_at_once_lose_nothing():
    cases = _cases(60)
    halves = [[case.pk for case in cases[:30]], [case.pk for case in cases[30:]]]
    processes = [
        start(EDITS_AND_SEARCHES, name, *half) for name, half in zip(("one", "two"), halves, strict=True)
    ]
    for process in processes:
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        process.stdin.write("go\n")
        process.stdin.flush()
    said = [process.communicate(timeout=400)[0] for process in processes]
    assert all(text.startswith("missed") for text in said), said
    for name, half in zip(("one", "two"), halves, strict=True):
        assert _found(f"zeppelin {name}") == half
    assert _found("park") == []
    verify(service().store.current())


BUILDS_AGAIN_AND_AGAIN = """
say("ready")
while not os.path.exists(sys.argv[1]):
    service().rebuild()
say("done")
"""


def test_a_process_answers_on_while_another_builds_again_and_again(tmp_path):
    cases = _cases(20)
    _found("park")
    process = start(BUILDS_AGAIN_AND_AGAIN, tmp_path / "enough")
    assert process.stdout.readline() == "ready\n"
    seen, answers = {service().store.current()}, []
    until = time.monotonic() + 300
    while len(seen) < 6 and time.monotonic() < until:
        answers.append(len(_found("park")))
        seen.add(service().store.current())
    (tmp_path / "enough").touch()
    assert process.communicate(timeout=120)[0].endswith("done\n")
    assert set(answers) == {len(cases)}
    assert len(seen) == 6


FIRST_COMERS = """
sys.stdin.readline()
say(len(found("park")), service().store.current().name.rpartition("-")[2])
"""


def test_processes_that_start_at_once_without_an_index_build_it_once():
    _cases(20)
    processes = [start(FIRST_COMERS) for _ in range(3)]
    said = [process.communicate("go\n", timeout=400)[0].split() for process in processes]
    assert said == [["20", "1"]] * 3


FORK = """
assert len(found("park")) == 5
before = id(service())
read, write = os.pipe()
child = os.fork()
if not child:
    # The database's connection belongs to the parent; the child opens its own.
    connection.connection = None
    assert id(service()) != before
    pk = Initiative.objects.order_by("pk").first().pk
    Initiative.objects.filter(pk=pk).update(title="zeppelin")
    os.write(write, b"ok" if found("zeppelin") == [pk] else b"no")
    os._exit(0)
os.close(write)
said = os.read(read, 2)  # nothing where the child has failed
os.waitpid(child, 0)
assert said == b"ok", said
assert id(service()) == before
assert (len(found("park")), len(found("zeppelin"))) == (4, 1)
say("both found it")
"""


def test_a_process_split_off_from_one_that_searched_has_a_search_of_its_own():
    _cases(5)
    assert run(FORK) == ["both found it"]


def test_threads_of_one_process_share_it_without_harm():
    cases = _cases(12)
    _found("park")
    errors = []

    def work(n):
        try:
            for case in cases[n::4]:
                Initiative.objects.filter(pk=case.pk).update(title="zeppelin")
                assert case.pk in _found("zeppelin")
        except BaseException as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert len(_found("zeppelin")) == 12


def test_an_idle_index_older_than_the_log_is_built_anew(monkeypatch):
    _cases(2)
    folder = service().store.folder
    assert len(_found("park")) == 2
    generation = service().store.current()
    monkeypatch.setattr(changes, "KEPT", timedelta(0))
    assert len(_found("park", search=Service(folder))) == 2
    assert service().store.current() != generation


def test_files_that_somebody_killed_has_left_behind_are_in_nobodys_way():
    [case, *_rest] = _cases(3)
    assert len(_found("park")) == 3
    generation = service().store.current()
    listed = json.loads((generation / META).read_text())
    managed = json.loads((generation / ".managed.json").read_text())
    for segment in listed["segments"]:
        for stamp in range(listed["opstamp"], listed["opstamp"] + 20):
            name = f"{segment['segment_id'].replace('-', '')}.{stamp}.del"
            (generation / name).write_bytes(b"half")
            managed.append(name)
    (generation / ".managed.json").write_text(json.dumps(managed))
    (generation / "seal").write_text(json.dumps({"meta": None}))
    Initiative.objects.filter(pk=case.pk).update(title="Zeppelins")
    assert case.pk in _found("zeppelins")
    assert service().store.current() == generation


def test_a_mark_grown_old_without_news_is_written_anew(monkeypatch):
    _cases(2)
    assert len(_found("park")) == 2
    generation, before = service().store.current(), service().snapshot().mark
    monkeypatch.setattr(type(before), "is_ageing", property(lambda mark: mark.at == before.at))
    assert len(_found("park")) == 2
    after = service().snapshot()
    assert after.mark.at > before.at
    assert after.is_true
    assert service().store.current() == generation
