"""A tour of every page that staff see, and of the forms readers send: for tests that look at them, and for pictures.

`prepare` makes what the pages speak of (beside what is there: the catalogue's data, or `make_everything`), `stops` says
which pages there are. A stop is a page, and what is done there before it is looked at; nothing that is done stays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse
from django.utils import timezone

from cases.models import Initiative, Organisation, Theme
from cities.models import City
from curation.completeness.models import NotPrinted
from curation.desk.models import SavedList
from curation.imports import discarding, work
from curation.imports.models import Import
from curation.imports.reading import How
from curation.nominations import drafts
from curation.nominations.models import ErrorReport, Nomination
from notes.models import Note
from records import history, past
from records.admin import ReadOnlyAdmin
from records.models import Operation
from search.models import Synonym
from sources.models import Source
from tests.curation.imports.flow import done, planned
from tests.curation.nominations.sent import make_nomination
from tests.factories import make_case, make_city, make_theme
from tests.staff import address, change_page

STAFF = "lin"
TOKENS = {state: f"{state}-{'x' * 38}" for state in ("draft", "sent", "work", "declined")}
LONG = "Routes to school that children walk by themselves, from the harbour to the last houses of the valley"
LIST = (
    "name,country,population,slug\n"
    "Tartu,EE,97435,\nBandar Seri Begawan,BN,100700,\nNowhere,XX,many,\n,EE,12,\nPärnu,EE,39828,paernu\n"
)


@dataclass(frozen=True)
class Stop:
    """One page: its address without language, who looks, and what is done there first."""

    name: str
    path: str
    act: Callable[[Any], None] = lambda page: None
    who: str = STAFF


# --- what the pages speak of


def prepare() -> None:
    """People, records in every state, a history, imports at every step, letters in every state, marks and lists."""
    lin = User.objects.filter(username=STAFF).first() or User.objects.create_superuser(STAFF)
    mei = User.objects.create_user("mei", is_staff=True)
    mei.groups.set(Group.objects.filter(name="curator"))
    city = make_city("Kotor Bay", country="ME", name_local="Boka Kotorska")
    make_city("Kotor-Bay", country="ME", state="draft", slug="kotor-bay-2")
    _states(lin, mei, city)
    _history(lin, mei, city)
    _letters()
    _imports(lin)
    NotPrinted.objects.create(
        case=Initiative.objects.get(title=LONG), rule="outcomes", reason="Looked through all of it."
    )
    SavedList.objects.create(
        owner=lin, model="cases.initiative", name="Cases in review", query="state=review"
    )
    SavedList.objects.create(owner=mei, model="cities.city", name="Drafts of Mei", query="", shared=True)


def _states(lin: User, mei: User, city: City) -> None:
    soon = timezone.now() + timedelta(days=9)
    with history.operation(Operation.Kind.EDIT, mei, "from the second collection"):
        make_case(LONG, city=city, state="draft", summary="Painted routes, and grown-ups at each crossing.")
        make_case("Sent for review", city=city, state="review", submitted_by=mei)
        make_case("Approved for a day", city=city, state="review", publish_at=soon, scheduled_by=lin)
        make_case("Taken from readers", city=city, state="withdrawn", withdrawn_at=timezone.now())
    for title in ("Seen by readers", "Seen by readers too"):
        make_case(title, city=city, summary="Boats that come when called.", themes=(make_theme(title),))


def _history(lin: User, mei: User, city: City) -> None:
    case = Initiative.objects.get(title="Seen by readers")
    for user, summary in (
        (lin, "Boats that come when they are called."),
        (mei, "Boats, called by telephone."),
    ):
        with history.operation(Operation.Kind.EDIT, user, "as the second edition has it"):
            case.summary = summary
            case.save()
    gone = make_case("Deleted by mistake", city=city)
    with history.operation(Operation.Kind.EDIT, lin, "thought to be there twice"):
        gone.delete()


def _letters() -> None:
    for state, token in TOKENS.items():
        links = {"token_hash": drafts.hashed(token), "confirm_hash": drafts.hashed(f"confirm-{token}")}
        make_nomination(state, country="CN", **links)
    make_nomination("new", title=LONG)
    ErrorReport.objects.create(
        page="/cases/", what="The year is wrong: page 3 has 2019.", email="ada@example.org"
    )


def _imports(lin: User) -> None:
    source = Source.objects.create(slug="list-of-cities", title="A list of cities", kind="list")
    read = work.begin("cities", "cities.csv", LIST.encode(), source, lin, How())
    read.columns = {}
    read.save()
    planned("cities", LIST, source, user=lin)
    job = done(
        planned("cities", LIST.replace("Pärnu", "Narva").replace("paernu", "narva"), source, user=lin), True
    )
    assert job.state == Import.State.DONE, job.problem
    for name, state in (("undone", Import.State.DONE), ("again", Import.State.PLANNED)):
        content = f"name,country\nTown of {name},EE\n"
        job = done(planned("cities", content, source, user=lin))
        assert work.take_back(job, lin, "only a trial")
        job.refresh_from_db()
        if state == Import.State.PLANNED:
            work.plan(job)


# --- the pages


def stops() -> list[Stop]:
    return [*of_every_kind(), *of_the_work(), *of_the_history(), *of_readers()]


def of_every_kind() -> list[Stop]:
    """The list, the empty form and the form of each kind of record."""
    found = []
    for model, model_admin in admin.site._registry.items():
        name, record = model._meta.label_lower, model.objects.first()
        found.append(Stop(f"{name}-list", address(model)))
        if not isinstance(model_admin, ReadOnlyAdmin) and model is not NotPrinted:
            found.append(Stop(f"{name}-add", address(model, "add")))
        if record is not None and model is not Import:
            found.append(Stop(f"{name}-change", change_page(record)))
    return found


def of_the_work() -> list[Stop]:
    cases, themes = address(Initiative), Theme.objects.order_by("-pk")[:2]
    twins = ",".join(
        str(pk) for pk in City.objects.filter(name__startswith="Kotor").values_list("pk", flat=True)
    )
    user, open_letter = User.objects.get(username="mei"), Nomination.objects.get(title=LONG)
    named = {case.title: change_page(case) for case in Initiative.objects.filter(city__name="Kotor Bay")}
    seen = Initiative.objects.get(title="Seen by readers")
    found = [
        Stop("desk", "/admin/"),
        Stop("app", "/admin/cases/"),
        Stop("login", "/admin/login/", who=""),
        Stop("password", "/admin/password_change/"),
        Stop("user-password", f"/admin/auth/user/{user.pk}/password/"),
        Stop("user-change", change_page(user)),
        Stop("filters", cases, open_filter),
        Stop("saving-a-list", cases, lambda page: page.click(".saved-lists summary")),
        Stop("nothing-found", f"{cases}?q=zeppelin"),
        Stop("wrong-filter", f"{cases}?state__exact=nonsense"),
        Stop("missing", f"{cases}?incomplete=any"),
        Stop("case-draft", named[LONG]),
        Stop("case-review", named["Sent for review"]),
        Stop("case-scheduled", named["Approved for a day"]),
        Stop("case-withdrawn", named["Taken from readers"]),
        Stop("case-published", named["Seen by readers"]),
        Stop("case-preview", address(Initiative, "preview", Initiative.objects.get(title=LONG).pk)),
        Stop("case-refused", address(Initiative, "add"), press("[name=_save]")),
        Stop("case-without-a-reason", named["Seen by readers"], change_without_reason),
        Stop("case-changed-meanwhile", named["Seen by readers"], save_after_another),
        Stop("case-choice-left-open", named["Seen by readers"], save_without_choosing),
        Stop("step-refused", named["Seen by readers"], press("button[value=withdraw]")),
        Stop("withdrawing-many", f"{cases}?q=seen+by", choose("withdraw")),
        Stop("deleting-many", f"{cases}?q=seen+by", choose("delete_selected")),
        Stop("deleting", address(Initiative, "delete", seen.pk)),
        Stop("bulk", f"{cases}?q=seen+by", choose("bulk_add_theme")),
        Stop("bulk-preview", f"{cases}?q=seen+by", hide_many),
        Stop("answering", address(Note), choose("answer_selected")),
        Stop("merging", f"{address(City, 'merge')}?ids={twins}"),
        Stop("merging-refused", f"{address(City, 'merge')}?ids={twins}", press("[name=confirm]")),
        Stop("duplicates", address(City, "duplicates")),
        Stop("duplicates-none", address(Organisation, "duplicates")),
        Stop("theme-merging", reverse("admin:cases_theme_merge", args=[themes[0].pk])),
        Stop("theme-merging-preview", reverse("admin:cases_theme_merge", args=[themes[0].pk]), merge_theme),
        Stop("theme-splitting", reverse("admin:cases_theme_split", args=[themes[0].pk])),
        Stop("theme-splitting-preview", reverse("admin:cases_theme_split", args=[themes[0].pk]), split_theme),
        Stop("nomination", change_page(open_letter)),
        Stop("turning", reverse("admin:curation_nomination_turn", args=[open_letter.pk])),
        Stop("saved-lists", reverse("curation:saved_lists")),
        Stop("popup", f"{address(City, 'add')}?_popup=1"),
        Stop("import-refused", address(Import, "add"), press(".submit-row [type=submit]")),
    ]
    for job in Import.objects.all():
        # Taken back and gone back to its columns, it is let go otherwise.
        name = (
            f"import-again-{job.state}"
            if job.operation_id and job.operation.undoing
            else f"import-{job.state}"
        )
        found.append(Stop(name, change_page(job)))
        if job.state in discarding.WHERE:
            found.append(Stop(f"{name}-deleting", address(Import, "delete", job.pk)))
    return found


def of_the_history() -> list[Stop]:
    case, city = Initiative.objects.get(title="Seen by readers"), City.objects.get(slug="kotor-bay")
    version = past.changes_of(case).order_by("pk").first().operation_id
    gone = history.Change.objects.filter(model="cases.initiative", after__isnull=True).latest("pk").object_id
    return [
        Stop("history", address(Initiative, "history", case.pk)),
        Stop("history-empty", address(City, "history", city.pk)),
        Stop("version", address(Initiative, "version", case.pk, version)),
        Stop("deleted", address(Initiative, "deleted")),
        Stop("deleted-searched", f"{address(Initiative, 'deleted')}?q=zeppelin"),
        Stop("deleted-none", address(Synonym, "deleted")),
        Stop("deleted-history", address(Initiative, "history", gone)),
        Stop("restore", address(Initiative, "restore", gone)),
        Stop("operation", address(Operation, "change", version)),
        Stop("undo", address(Operation, "undo", version)),
        Stop("undo-anyway", f"{address(Operation, 'undo', version)}?anyway=yes"),
    ]


def of_readers() -> list[Stop]:
    """The forms that readers send, and what they are told."""
    private = {state: f"/nominate/{token}/" for state, token in TOKENS.items()}
    confirm = {state: f"/nominate/confirm/confirm-{token}/" for state, token in TOKENS.items()}
    found = [
        Stop("nominate", "/nominate/"),
        Stop("nominate-refused", "/nominate/", press("[value=send]")),
        Stop("nominate-draft", f"{private['draft']}?told=saved"),
        Stop("nominate-sent", f"{private['sent']}?told=sent"),
        Stop("nominate-failed", f"{private['draft']}?told=failed"),
        Stop("nominate-confirm", confirm["sent"]),
        Stop("nominate-confirmed", confirm["work"]),
        Stop("nominate-unknown", "/nominate/no-such-link/"),
        Stop("nominate-work", private["work"]),
        Stop("nominate-declined", private["declined"]),
        Stop("nominate-delete", f"{private['draft']}delete/"),
        Stop("report", "/report/?page=/cases/"),
        Stop("report-refused", "/report/?page=/cases/", press("main .buttons button")),
    ]
    return [Stop(each.name, each.path, each.act, who="") for each in found]


def of_the_catalogue() -> list[Stop]:
    """The main pages of readers."""
    from declarations.models import Declaration

    case, other = Initiative.objects.public().order_by("pk")[:2]
    both = f"case={case.slug}&case={other.slug}"
    paths = {
        "home": "/",
        "cases": "/cases/",
        "case": case.get_absolute_url(),
        "city": case.city.get_absolute_url(),
        "search": "/search/?q=water",
        "declaration": Declaration.objects.public().first().get_absolute_url(),
        "crosswalk": "/crosswalk/",
        "crosswalk by theme": "/crosswalk/by-theme/",
        "outcomes": "/outcomes/",
        "map": "/map/",
        "compare": f"/compare/?{both}",
        "compare-cities": f"/compare/?city={case.city.slug}&city={other.city.slug}&only=differences",
        "compare-nothing": "/compare/?case=no-such",
        "collection": f"/collection/?{both}&cite=gb&find=water",
        "collection-empty": "/collection/",
        "outcome charts": "/outcomes/charts/",
        "charts": "/charts/",
        "timeline": "/timeline/",
    }
    return [Stop(name, path, who="") for name, path in paths.items()]


# --- what is done there first


def press(button: str) -> Callable[[Any], None]:
    """Presses a button, also where the browser itself would refuse what is not filled in."""

    def act(page) -> None:
        page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
        with page.expect_navigation():
            page.locator(button).last.click()

    return act


def open_filter(page) -> None:
    page.locator("#changelist-filter summary").first.click()


def choose(action: str) -> Callable[[Any], None]:
    """Ticks the first two rows, and goes on to an action."""

    def act(page) -> None:
        for box in page.locator("[name=_selected_action]").all()[:2]:
            box.check()
        page.select_option("select[name=action]", action)
        page.evaluate("document.querySelectorAll('form').forEach((form) => (form.noValidate = true))")
        with page.expect_navigation():
            page.locator("#changelist-form button[name=index]").click()

    return act


def hide_many(page) -> None:
    choose("bulk_hide")(page)


def change_without_reason(page) -> None:
    page.fill("[name=summary]", f"At {datetime.now(UTC):%H:%M:%S.%f}, without a reason.")
    press("[name=_save]")(page)


def save_after_another(page) -> None:
    """Changes what somebody else changes at the same time, in another window."""
    other = page.context.new_page()
    other.goto(page.url)
    for window, words in ((other, "Theirs"), (page, "Ours")):
        window.fill("[name=summary]", f"{words}, at {datetime.now(UTC):%H:%M:%S.%f}.")
        window.fill("fieldset.reason [name=reason_for_change]", "as the source says")
        press("[name=_continue]")(window)
    other.close()


def save_without_choosing(page) -> None:
    save_after_another(page)
    press("[name=_continue]")(page)


def merge_theme(page) -> None:
    page.select_option("[name=into]", index=1)
    press("[name=preview]")(page)


def split_theme(page) -> None:
    page.locator("[name=link]").first.check()
    page.fill("[name=name]", "Boats that are called")
    page.fill("[name=definition]", "Boats that come when somebody asks for them.")
    press("[name=preview]")(page)
