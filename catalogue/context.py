"""What every template may use."""

from django.conf import settings


def site(request):
    """The operator's address, for "report an error"."""
    return {"operator_email": settings.OPERATOR_EMAIL}
