"""An index is true to the database however it came to be, and whoever was killed on the way."""

import time

import pytest

from cases.models import Initiative, Programme
from cities.models import City
from search import changes, indexing
from search.corpus import corpora
from search.engine import Wanted
from search.indexing import Updater, batches, work_of
from search.models import Change
from search.service import Service, service, snapshot
from search.store import verify
from tests import factories as make
from tests.everything import make_everything
from tests.search.processes import run, start

pytestmark = pytest.mark.django_db


def _cases(count: int, word: str = "park") -> list[Initiative]:
    city, programme = make.make_city(), make.make_programme()
    return Initiative.objects.bulk_create(
        Initiative(
            slug=f"case-{n:04}", title=f"{word} {n}", city=city, programme=programme, state=make.PUBLISHED
        )
        for n in range(count)
    )


def _found(*texts: str, kind: str = "case") -> list[int]:
    found = snapshot().find(Wanted((kind,), texts))
    return sorted(id for id, _score in found.best(0, 10_000))


def test_a_build_holds_what_readers_may_see_of_every_kind_and_nothing_else():
    make_everything(3)
    make.make_case("Draft", state="draft")
    make.make_city("Hidden", hidden=True)
    assert [corpus.kind for corpus in corpora()] == sorted(
        ["alliance", "article", "case", "city", "declaration", "plan"]
    )
    for corpus in corpora():
        ids = sorted(corpus.ids())
        assert _found(kind=corpus.kind) == ids != []


def test_progress_is_told_to_the_end():
    _cases(7)
    told = []
    service().rebuild(lambda done, total: told.append((done, total)))
    everything = sum(len(list(corpus.ids())) for corpus in corpora())
    assert told[-1] == (everything, everything)
    assert told == sorted(told)
    told.clear()
    Initiative.objects.update(title="lane")
    service().update(lambda done, total: told.append((done, total)))
    assert told[-1][0] == told[-1][1] >= 7


@pytest.mark.parametrize("batch", [500, 2, 1])
def test_updates_in_small_and_in_long_batches(monkeypatch, batch):
    monkeypatch.setattr(indexing, "BATCH", batch)
    monkeypatch.setattr(indexing, "SMALL", 4)
    cases = _cases(23)
    assert len(_found("park")) == 23
    generation = service().store.current()
    Initiative.objects.filter(pk=cases[0].pk).update(title="lane 0")
    assert (len(_found("park")), _found("lane")) == (22, [cases[0].pk])
    assert service().store.current() == generation  # in place
    Initiative.objects.update(title="zeppelin")
    Initiative.objects.filter(pk__in=[case.pk for case in cases[:5]]).delete()
    Initiative.objects.filter(pk=cases[5].pk).update(state="draft")
    assert _found("zeppelin") == [case.pk for case in cases[6:]]
    assert _found("park") == _found("lane") == []
    assert len(_found()) == 17
    assert service().store.current() != generation
    verify(service().store.current())


def test_a_long_update_builds_nothing_anew(monkeypatch):
    monkeypatch.setattr(indexing, "SMALL", 3)
    cases, told = _cases(30), []
    _found("park")
    Initiative.objects.filter(pk__lte=cases[9].pk).update(title="zeppelin")
    service().update(lambda done, total: told.append((done, total)))
    assert told == [(10, 10)]
    assert (len(_found("zeppelin")), len(_found("park"))) == (10, 20)


def test_small_changes_made_during_a_long_update_are_found_before_its_end_and_after(monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 5)
    monkeypatch.setattr(indexing, "SMALL", 3)
    cases = _cases(30)
    _found("park")
    before = service().store.current()
    reader, between = Service(service().store.folder), []
    monkeypatch.setattr(reader, "_start", lambda job: None)  # the long update is at work already
    Initiative.objects.filter(pk__lte=cases[-6].pk).update(title="zeppelin")

    def progress(done, total):
        if done < total:
            Initiative.objects.filter(pk=cases[-len(between) - 1].pk).update(title="balloon")
            found = reader.snapshot().find(Wanted(("case",), ("balloon",)))
            between.append(sorted(id for id, _score in found.best(0, 9)))

    service().update(progress)
    changed = [case.pk for case in cases[-4:]]
    assert between == [changed[-n:] for n in range(1, 5)]
    assert service().store.current() != before
    assert reader.snapshot().mark.ahead is None
    assert _found("balloon") == changed
    assert (len(_found("zeppelin")), len(_found("park"))) == (25, 1)


def test_the_mark_moves_with_the_documents_and_only_then(monkeypatch):
    monkeypatch.setattr(indexing, "BATCH", 2)
    monkeypatch.setattr(indexing, "SMALL", 1)
    _cases(9)
    before = snapshot().mark
    Initiative.objects.update(title="zeppelin")
    real, replaced = Updater._replace, []

    def fails(self, keys):
        replaced.append(keys)
        if len(replaced) == 3:
            raise OSError("the disk is full")
        real(self, keys)

    monkeypatch.setattr(Updater, "_replace", fails)
    with pytest.raises(OSError, match="full"):
        service().update()
    mark = Updater(service().store.current()).mark
    assert (mark.place, mark.ahead is None) == (before.place, False)
    monkeypatch.setattr(Updater, "_replace", real)
    assert len(_found("zeppelin")) == 9
    assert snapshot().mark.place != before.place
    assert snapshot().mark.ahead is None
    assert len(_found()) == 9


def test_a_change_of_what_many_cases_share_reaches_them_all():
    city = make.make_city("Haikou")
    cases = [make.make_case(f"Park {n}", city=city) for n in range(4)]
    assert _found("zeppelin") == []
    City.objects.update(name="Zeppelin")
    assert _found("zeppelin") == [case.pk for case in cases]
    assert _found("zeppelin", kind="city") == [city.pk]
    Programme.objects.update(hidden=True)
    assert _found("zeppelin") == []
    Programme.objects.update(hidden=False)
    assert _found("zeppelin") == [case.pk for case in cases]
    City.objects.update(state="draft")
    assert _found("zeppelin") == _found("zeppelin", kind="city") == []


def test_an_unknown_feed_or_an_emptied_table_makes_a_new_build():
    _cases(3)
    for feed in ("*", "gone_table.id"):
        _found("park")
        generation = service().store.current()
        Change.objects.create(feed=feed, value=None)
        assert len(_found("park")) == 3
        assert service().store.current() != generation


def test_an_index_of_another_database_or_of_a_later_state_is_not_taken(new_index):
    _cases(3)
    assert len(_found("park")) == 3
    folder = service().store.folder
    Change.objects.filter(feed=changes.ORIGIN).update(value=12345)
    Initiative.objects.all()[:1].get().delete()
    assert len(Service(folder).snapshot().find(Wanted(("case",), ("park",))).best(0, 9)) == 2


def test_work_of_nothing_is_nothing():
    assert work_of({}).size == work_of({"cases_section.initiative_id": {None}}).size == 0
    assert list(batches(range(5), 2)) == [[0, 1], [2, 3], [4]]


KILLED_WHILE_JOINING = """
from search.indexing import Updater
updater = Updater(service().store.current())
with service().store.lock():
    updater.__enter__()
    said = False
    for n, pk in enumerate(sys.argv[1:]):
        Initiative.objects.filter(pk=pk).update(title=f"zeppelin {n}")
        updater.take_in()
        if updater.merging and not said:
            say("joining")
            said = True
    time.sleep(60)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("pause", [0, 0.002, 0.01, 0.05])
def test_whoever_is_killed_while_segments_are_joined_leaves_a_true_index(pause):
    cases = _cases(40)
    assert len(_found("park")) == 40
    process = start(KILLED_WHILE_JOINING, *(case.pk for case in cases))
    assert process.stdout.readline() == "joining\n"
    time.sleep(pause)
    process.kill()
    process.communicate()
    generation = service().store.current()
    verify(generation)
    here = Service(service().store.folder)
    found = here.snapshot().find(Wanted(("case",), ("zeppelin",)))
    now = Initiative.objects.filter(title__contains="zeppelin").values_list("pk", flat=True)
    assert sorted(id for id, _score in found.best(0, 100)) == sorted(now)
    assert here.store.current() == generation  # nothing had to be built anew
    for case in cases:  # and it goes on joining
        Initiative.objects.filter(pk=case.pk).update(title="balloon")
        here.snapshot()
    assert here.snapshot().searcher.num_segments < 16


@pytest.mark.django_db(transaction=True)
def test_single_changes_leave_few_segments_and_no_files_of_old_ones():
    (case,) = _cases(1)
    for n in range(60):
        Initiative.objects.filter(pk=case.pk).update(title=f"park {n}")
        assert _found(f'"park {n}"') == [case.pk]
    assert snapshot().searcher.num_segments < 16
    files = [path for path in service().store.current().iterdir() if path.suffix == ".term"]
    assert len(files) < 30


KILLER = """
rounds, seed = int(sys.argv[1]), int(sys.argv[2])
chance = random.Random(seed)

def forked(job):
    child = os.fork()
    if not child:
        try:
            job()
        except BaseException as error:
            print("FAILED", repr(error), flush=True)
            os._exit(1)
        os._exit(0)
    return child

def edit():
    pks = list(Initiative.objects.values_list("pk", flat=True))
    for n in range(12):
        some = chance.sample(pks, chance.choice([1, 1, 2, 150]))
        with transaction.atomic():
            for pk in some[:2]:
                Initiative.objects.filter(pk=pk).update(title=f"r{chance.randrange(10**9)}x park")
            Initiative.objects.filter(pk__in=some[2:]).update(title=f"r{chance.randrange(10**9)}x lane")
            if n % 5 == 4:
                Initiative.objects.filter(pk=some[0]).update(state=chance.choice(["draft", "published"]))

def rebuild():
    service().rebuild()

def follow():
    until = time.monotonic() + 20
    while time.monotonic() < until:
        service().snapshot()

def check():
    "A process that has seen nothing yet: every public case once, under its title of now, in the order of titles."
    service_here = service()
    state = service_here.snapshot()
    cases = dict(Initiative.objects.public().order_by("title", "slug").values_list("pk", "title"))
    everything = state.find(Wanted(("case",)))
    assert everything.count == len(cases), (everything.count, len(cases))
    assert everything.sorted("title", False, 0, 10_000) == list(cases)
    by_title = {}
    for pk, title in cases.items():
        by_title.setdefault(title, []).append(pk)
    for title, pks in by_title.items():
        hits = state.find(Wanted(("case",), (f'"{title}"',)))
        assert sorted(id for id, _score in hits.best(0, 10_000)) == sorted(pks), title
    say("true", service_here.store.current().name)

def timed(job):
    started = time.monotonic()
    os.waitpid(forked(job), 0)
    return time.monotonic() - started

takes = timed(rebuild)
updates = timed(lambda: [edit(), service().update()])
killed = 0
for n in range(rounds):
    is_build = n % 2 == 0
    editor = forked(edit)
    worker = forked(rebuild if is_build else follow)
    time.sleep(chance.uniform(0, 2.5 if is_build else 1.1) * (takes if is_build else updates))
    try:
        os.kill(worker, signal.SIGKILL)
    except ProcessLookupError:
        pass
    _pid, status = os.waitpid(worker, 0)
    killed += os.WIFSIGNALED(status)
    if n % 3 == 0:
        os.kill(editor, signal.SIGKILL)
    os.waitpid(editor, 0)
    _pid, status = os.waitpid(forked(check), 0)
    if status:
        say("NOT TRUE after round", n)
        sys.exit(1)
say("killed", killed)
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", [1, 2])
def test_whoever_is_killed_at_whatever_point_leaves_a_true_index(seed):
    _cases(160, "r0x park")
    rounds = 24
    said = run(KILLER, rounds, seed, seconds=500)
    assert [line.split()[0] for line in said] == ["true"] * rounds + ["killed"], said
    assert int(said[-1].split()[1]) >= rounds // 2  # most were in the midst of it
    assert len({line.split()[1] for line in said[:-1]}) > 1  # some came to their end
