"""Staff pages and rows of records with a place in a source, with the printed lines beside the values."""

from django.contrib import admin, messages
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from listing.admin import ExportMixin
from records.admin import RecordAdmin, RecordInline, RecordStacked
from sources.admin.forms import LocatedForm, ReasonedForm
from sources.admin.preview import StaffTexts, preview, texts_of

PLACE = ["source", ("first_line", "last_line"), "printed", "printed_lines"]
REASONED_PLACE = [("source", "lines"), "printed_lines"]
# The same for short rows, where the printed form stands right beside the values.
ROW_PLACE = ["printed", ("first_line", "last_line"), "source"]


class CatalogueAdmin(ExportMixin, RecordAdmin):
    """A record's staff page, and its list as a file."""

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        forms = [form, *(row for formset in formsets for row in formset.forms)]
        unchecked = {row.unchecked for row in forms if getattr(row, "unchecked", None)}
        for source in sorted(unchecked, key=str):
            text = gettext(
                "Saved, but nobody could check the printed form: the text of “%(source)s” is not attached here."
            )
            self.message_user(request, text % {"source": source}, messages.WARNING)


class SourcedAdmin(CatalogueAdmin):
    """Base for records that name a source; a subclass names the fields of the place in it."""

    place_fields: list = []
    readonly_fields = ("printed_lines",)
    list_filter = ("source",)

    def get_object(self, request, object_id, from_field=None):
        record = super().get_object(request, object_id, from_field)
        if record:
            # One ModelAdmin serves every request, so the record carries what the column needs of this one.
            record.staff_texts = texts_of(request)
        return record

    @admin.display(description=_("the lines themselves"))
    def printed_lines(self, record):
        return preview(record, getattr(record, "staff_texts", None) or StaffTexts())

    @admin.display(description=_("lines"))
    def place(self, record):
        return record.lines

    def shared_fieldsets(self, request, obj=None):
        place = (_("Where it was read"), {"fields": self.place_fields})
        return [place, *super().shared_fieldsets(request, obj)]


class LocatedAdmin(SourcedAdmin):
    """For records with one range of lines and the value as printed there."""

    form = LocatedForm
    place_fields = PLACE

    @admin.display(description=_("as printed"), ordering="printed")
    def as_printed(self, record):
        return Truncator(record.printed).chars(60)


class ReasonedAdmin(SourcedAdmin):
    """For an editor's judgements."""

    form = ReasonedForm
    place_fields = REASONED_PLACE


class SourcedInline(RecordInline):
    """Rows with the printed lines beside them, all of a page read from the database once."""

    texts: StaffTexts
    readonly_fields = ("printed_lines",)

    def get_queryset(self, request):
        # Django makes an inline anew for each request, so it may remember the request's texts.
        self.texts = texts_of(request)
        return super().get_queryset(request)

    @admin.display(description=_("the lines themselves"))
    def printed_lines(self, record):
        return preview(record, self.texts)


class LocatedStacked(SourcedInline, RecordStacked):
    """Rows of mostly text. A subclass names its own fields; where it was read follows."""

    form = LocatedForm
    own_fields: list = []

    def get_fieldsets(self, request, obj=None):
        return [
            (None, {"fields": [*self.own_fields, "hidden"]}),
            (_("Where it was read"), {"fields": PLACE}),
        ]


class LocatedRows(SourcedInline, RecordStacked):
    """Short rows: the values, the form printed, and the lines themselves side by side (below each other on a phone).

    A table of them was wider than a screen, and hid just what a value is checked against.
    """

    form = LocatedForm
    classes = ["collapse", "rows"]
    own_fields: list = []

    def get_fieldsets(self, request, obj=None):
        parts = [self.own_fields, ROW_PLACE, ["printed_lines", "hidden"]]
        return [(None, {"fields": fields}) for fields in parts]


class ReasonedStacked(SourcedInline, RecordStacked):
    """An editor's judgements."""

    form = ReasonedForm
    own_fields: list = []

    def get_fields(self, request, obj=None):
        return [*self.own_fields, "reason", *REASONED_PLACE, "hidden"]
