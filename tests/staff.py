"""Help for the tests of the staff pages: people with just the rights named, and what a browser would send."""

import threading

from django.contrib.auth.models import Group, Permission, User
from django.db import connections
from django.test import Client
from django.urls import reverse

from records.admin import REASON
from records.admin.reason import STEP_REASON
from records.admin.steps import AS_OF, latest_change

# The reason that every change of what readers see needs.
WHY = {"reason_for_change": "as the source says"}


def curator(name: str = "curator") -> Client:
    """A client signed in with every right."""
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client


def staff_with(*rights: str) -> Client:
    """A client signed in as staff with these rights only ("cases.view_initiative")."""
    user = User.objects.create_user("staff", is_staff=True)
    for right in rights:
        app, codename = right.split(".")
        user.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    client = Client()
    client.force_login(user)
    return client


def address(model, place: str = "changelist", *arguments) -> str:
    """The address of a staff page: "changelist", "add", or, with a key, "change" and "delete"."""
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{place}", args=arguments)


def change_page(record) -> str:
    return address(type(record), "change", record.pk)


def filled(client: Client, url: str, **changes) -> dict:
    """What a browser would send from the form at `url`, with `changes` typed in; None unticks a box."""
    context = client.get(url).context
    forms = [context["adminform"].form]
    for rows in context["inline_admin_formsets"]:
        forms += [rows.formset.management_form, *rows.formset.initial_forms]
    data = {bound.html_name: bound.field.prepare_value(bound.value()) for form in forms for bound in form}
    data.update({**WHY, **changes})
    return {name: value for name, value in data.items() if value is not None and value is not False}


def save(client: Client, record, **changes):
    """Sends the record's page with the changes typed in."""
    url = change_page(record)
    return client.post(url, filled(client, url, **changes))


def row(prefix: str, number: int, **values) -> dict:
    """The fields of one more row of an inline, the `number`-th from 0, as "add another" makes it."""
    return {
        f"{prefix}-TOTAL_FORMS": number + 1,
        **{f"{prefix}-{number}-{name}": value for name, value in values.items()},
    }


def step(client: Client, record, name: str, reason: str = "", **values):
    """Presses a button under State on the page of a record as it is now, knowing what readers would miss."""
    data = {"step": name, STEP_REASON: reason, AS_OF: latest_change(record), "without": "on", **values}
    return client.post(address(type(record), "state", record.pk), data, follow=True)


def member(*roles: str) -> Client:
    """A client signed in as staff with these roles."""
    user = User.objects.create_user("-".join(roles) or "none", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def act(client: Client, model, action: str, *records, reason: str = "as the source says"):
    """Chooses a bulk action for the records, as the form above the list does, with a reason."""
    data = {"action": action, "_selected_action": [record.pk for record in records], REASON: reason}
    return client.post(address(model), data, follow=True)


def confirmed(client: Client, shown, **changes):
    """Confirms what the page of a bulk action shows, with the reason given above the list, or `changes`."""
    context = shown.context
    values = {each.html_name: each.value() for each in context["form"]}
    data = {"ids": context["ids"], "seen": context["seen"], "step": "1", "confirm": "1", **values}
    return client.post(context["action_url"], {**data, REASON: context["reason"], **changes}, follow=True)


def take(client: Client, model, name: str, *records, reason: str = "as the source says"):
    """Takes a step of the workflow for the records: chosen above the list, looked at, confirmed."""
    return confirmed(client, act(client, model, name, *records, reason=reason))


def shown_lines(response) -> dict[str, tuple[str, str, str]]:
    """What the page of a bulk action says of each record: how it is, how it would be, why it is refused."""
    return {str(each.record): (each.old, each.new, each.refused) for each in response.context["page_obj"]}


def told(response) -> str:
    """The messages shown to the curator, as one text."""
    return "\n".join(str(message) for message in response.context["messages"])


def errors(response) -> str:
    """Every error of a refused form and of its rows, as one text; "" where it was not refused."""
    if response.status_code == 302:
        return ""
    context = response.context
    found = [*context["adminform"].form.errors.values()]
    for rows in context["inline_admin_formsets"]:
        found += [rows.formset.non_form_errors()]
        found += [error for form in rows.formset.errors for error in form.values()]
    return "\n".join(str(message) for error_list in found for message in error_list)


def at_once(clients: list[Client], address: str, sent: list[dict]) -> list:
    """Each client sends its form to the address at the same moment; the answers, in the order they came."""
    answers, start = [], threading.Barrier(len(clients))

    def send(client: Client, data: dict) -> None:
        start.wait()
        try:
            answers.append(client.post(address, data))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=each) for each in zip(clients, sent, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return answers
