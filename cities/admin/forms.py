"""What the forms of plans, alliances and sets of figures check besides the models' own rules."""

from records.admin import PublishableForm
from sources.admin import LocatedForm, SourcedForm


class SourcedPublishableForm(PublishableForm, SourcedForm):
    """A plan or an alliance, whose single lines lie within its source."""


class CityFiguresForm(LocatedForm):
    printed_fields = ("printed", "scope_as_printed")


class MemberForm(LocatedForm):
    """A member of an alliance. Printed words are a place, too: the source may print its list in a picture."""

    def has_place(self):
        return super().has_place() or bool((self.cleaned_data.get("printed") or "").strip())
