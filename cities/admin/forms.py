"""What the forms of plans, alliances and sets of figures check besides the models' own rules."""

from records.admin import PublishableForm
from sources.admin import LocatedForm, SourcedForm


class SourcedPublishableForm(PublishableForm, SourcedForm):
    """A plan or an alliance, whose single lines lie within its source."""


class CityFiguresForm(LocatedForm):
    printed_fields = ("printed", "scope_as_printed")
