"""Messages to those who sent something, through the operator's mail server (EMAIL_URL)."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from curation.nominations.models import ErrorReport, Nomination
from listing.views import site_of

_log = logging.getLogger(__name__)


def site(request: HttpRequest) -> str:
    """Scheme and host for links in mails: SITE_URL where it is set, for a request may claim any host."""
    return settings.SITE_URL.rstrip("/") or site_of(request)


def _send(to: str, subject: str, body: str) -> bool:
    try:
        EmailMessage(subject, body, to=[to]).send()
    except (OSError, smtplib.SMTPException, ValueError) as error:
        # Without the address: logs are kept longer than it is.
        _log.error("A message could not be sent: %s", type(error).__name__)
        return False
    return True


def ask_to_confirm(nomination: Nomination, token: str, request: HttpRequest) -> bool:
    """Sends the link that brings a nomination into the inbox; False where the mail could not be sent."""
    link = site(request) + reverse("curation:confirm_nomination", args=[token])
    body = _(
        "Somebody, most likely you, sent a nomination to the Urban Innovation Catalogue with this address:\n\n"
        "%(title)s\n\n"
        "To confirm it, open this page and press the button there:\n\n%(link)s\n\n"
        "If it was not you, do nothing: it is deleted by itself after %(days)d days."
    )
    words = {"title": nomination.title, "link": link, "days": settings.NOMINATION_DRAFT_DAYS}
    return _send(nomination.email, _("Please confirm your nomination"), body % words)


def answer(sent: Nomination | ErrorReport, text: str, request: HttpRequest) -> bool:
    """Sends what staff wrote, with a frame in the language of the person that names what they wrote about."""
    with override(sent.language):
        if isinstance(sent, Nomination):
            subject = _("About your nomination to the Urban Innovation Catalogue")
        else:
            subject = _("About your error report to the Urban Innovation Catalogue")
        about = _("You wrote to the Urban Innovation Catalogue about:") + f"\n{_about(sent, request)}\n\n"
        return _send(sent.email, subject, about + text)


def _about(sent: Nomination | ErrorReport, request: HttpRequest) -> str:
    """What somebody wrote about, with the whole address of its page where there is one that they may see."""
    if isinstance(sent, ErrorReport):
        return site(request) + sent.page
    lines = [str(sent).strip()]
    if sent.case is not None and sent.case.is_public:
        lines.append(site(request) + sent.case.get_absolute_url())
    return "\n".join(lines)
