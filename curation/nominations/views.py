"""The public pages of a nomination: the form, its private link, the confirmation, taking it back."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from curation.nominations import drafts, guard, mail
from curation.nominations.forms import NominationForm
from curation.nominations.models import Nomination
from curation.nominations.protection import form_page, private_page
from declarations.models import Article

# The article that asks members to nominate of their own will.
ASKED_BY = ("ningbo-initiative", 8)


@form_page
def begin(request: HttpRequest) -> HttpResponse:
    """The empty form; sent, a draft or a nomination that waits for its confirmation."""
    return _form(request, None, "")


@private_page
def go_on(request: HttpRequest, token: str) -> HttpResponse:
    """The form of a draft behind its private link; what became of it once it was confirmed."""
    nomination = drafts.by_link(token)
    if nomination is None:
        return _unknown_link(request)
    if nomination.state not in Nomination.OF_ITS_AUTHOR:
        context = {"nomination": nomination, "token": token, "report_page": reverse("curation:nominate")}
        return render(request, "curation/nominations/status.html", context)
    return _form(request, nomination, token)


def _form(request: HttpRequest, nomination: Nomination | None, token: str) -> HttpResponse:
    if request.method != "POST":
        form = NominationForm(initial=_typed(nomination) if nomination else {})
        return _page(request, form, nomination, token)
    asked = request.POST.get("do", "send")
    form = NominationForm(request.POST, is_draft=asked != "send", more=1 if asked == "more" else 0)
    if asked == "more":
        # Nothing is judged yet: the same page, with room for more.
        form = NominationForm(initial=_as_sent(request), more=2)
        return _page(request, form, nomination, token)
    if not form.is_valid():
        return _page(request, form, nomination, token, status=422)
    if refused := _refused(request, "send" if asked == "send" else "save", form):
        form.add_error(None, refused)
        return _page(request, form, nomination, token, status=429)
    try:
        saved, new = drafts.save(form.cleaned_data, nomination)
    except drafts.Closed:
        return HttpResponseRedirect(request.path)
    told = _send(request, saved) if asked == "send" else "saved"
    return HttpResponseRedirect(reverse("curation:nomination", args=[new or token]) + f"?told={told}")


def _send(request: HttpRequest, nomination: Nomination) -> str:
    """Asks for the confirmation; where the mail fails, the nomination is a draft as before."""
    if mail.ask_to_confirm(nomination, drafts.await_confirmation(nomination), request):
        return "sent"
    nomination.state, nomination.confirm_hash = Nomination.State.DRAFT, ""
    nomination.save(update_fields=["state", "confirm_hash"])
    return "failed"


def _refused(request: HttpRequest, what: str, form: NominationForm) -> str:
    """Why no more is taken today; "" where it is."""
    within = guard.may(what, guard.address_of(request))
    if within and what == "send":
        within = guard.may("mail", form.cleaned_data["email"].casefold())
    if within:
        return ""
    return _(
        "So much was sent today that no more can be taken. What you typed is below, nothing is lost: "
        "send it tomorrow, or write to %(address)s."
    ) % {"address": settings.OPERATOR_EMAIL}


def _typed(nomination: Nomination) -> dict:
    """What was saved, by the names of the form's fields."""
    values = {name: getattr(nomination, name) for name in drafts.FIELDS}
    for kind in ("outcome", "source"):
        for number, (what, place) in enumerate(values.pop(f"{kind}s")):
            values[f"{kind}_{number}"], values[f"{kind}_place_{number}"] = what, place
    return {**values, "country": str(values["country"] or "")}


def _as_sent(request: HttpRequest) -> dict:
    return {**request.POST.dict(), "themes": request.POST.getlist("themes")}


def _page(request, form, nomination, token, status=200) -> HttpResponse:
    article = Article.objects.public().filter(declaration__slug=ASKED_BY[0], number=ASKED_BY[1])
    link = mail.site(request) + reverse("curation:nomination", args=[token]) if token else ""
    context = {
        "form": form,
        "nomination": nomination,
        "token": token,
        "link": link,
        "told": request.GET.get("told", ""),
        "days": settings.NOMINATION_DRAFT_DAYS,
        "keep_days": settings.NOMINATION_KEEP_DAYS,
        "article": article.select_related("declaration").first(),
        # The address of a draft is its author's secret: no link may carry it.
        "report_page": reverse("curation:nominate"),
    }
    return render(request, "curation/nominations/form.html", context, status=status)


def _unknown_link(request: HttpRequest) -> HttpResponse:
    text = _(
        "This link is not known, or has expired: a draft is kept for %(days)d days after it was last saved."
    )
    return _told(
        request, _("No nomination here"), text % {"days": settings.NOMINATION_DRAFT_DAYS}, status=404
    )


def _told(request: HttpRequest, heading: str, text: str, status: int = 200) -> HttpResponse:
    context = {"heading": heading, "text": text, "report_page": reverse("curation:nominate")}
    return render(request, "curation/nominations/told.html", context, status=status)


@private_page
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """The page a mail leads to. Only its button confirms: programs that look at mails open every link."""
    nomination = drafts.by_confirmation(token)
    if nomination is None:
        return _unknown_link(request)
    if request.method == "POST":
        drafts.confirm(nomination)
        return HttpResponseRedirect(request.path)
    if nomination.state != Nomination.State.SENT:
        text = _("Your nomination has reached the editors. They read the sources and may write to you.")
        return _told(request, _("Thank you: it is confirmed"), text)
    context = {"nomination": nomination, "report_page": reverse("curation:nominate")}
    return render(request, "curation/nominations/confirm.html", context)


@private_page
def delete(request: HttpRequest, token: str) -> HttpResponse:
    """Asks once more, and deletes."""
    nomination = drafts.by_link(token)
    if nomination is None:
        return _unknown_link(request)
    if request.method == "POST":
        drafts.withdraw(nomination)
        return _told(request, _("It is deleted"), _("Nothing of it, and nothing about you, is kept."))
    context = {"nomination": nomination, "token": token, "report_page": reverse("curation:nominate")}
    return render(request, "curation/nominations/delete.html", context)
