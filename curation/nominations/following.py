"""The source of a nomination is shown to readers once its case is."""

from django.db.models.signals import post_save

from cases.models import Initiative


def _show_source(sender, instance, raw=False, **kwargs):
    if raw or instance.hidden or instance.state != Initiative.State.PUBLISHED:
        return
    nomination = instance.nominations.select_related("source").filter(source__hidden=True).first()
    if nomination:
        nomination.source.hidden = False
        nomination.source.save(update_fields=["hidden"])


def connect() -> None:
    post_save.connect(
        _show_source, sender=Initiative, dispatch_uid="curation.nominations.following._show_source"
    )
