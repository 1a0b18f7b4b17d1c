"""Form parts of the staff pages: plain numbers, lean choosers, messages that say what to do."""

from decimal import Decimal

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from records.admin.keys import key_of, keys_beside
from records.admin.reason import NEEDED, REASON, given
from records.loading.values import MOST_DIGITS
from records.models import Record
from records.workflow import is_locked


def plain(value: Decimal | None) -> str:
    """A stored number as a person writes it: Decimal("7434.4000") gives "7434.4"; "" for None."""
    if value is None:
        return ""
    return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"


class PlainDecimalField(forms.DecimalField):
    """Shows 7434.4, where the database column has four places and Django would show 7434.4000."""

    def prepare_value(self, value):
        return plain(value) if isinstance(value, Decimal) else value

    def validate(self, value):
        super().validate(value)
        # Otherwise a number would come back other than it was typed, and nobody would notice.
        if value is not None and len(value.normalize().as_tuple().digits) > MOST_DIGITS:
            raise ValidationError(
                _("A number is kept with at most %(count)d digits.") % {"count": MOST_DIGITS}
            )


class LoadedAutocomplete(AutocompleteSelect):
    """An autocomplete that shows its chosen record from memory where the form has loaded it.

    Django's own asks the database for each row and field: forty outcomes would take a hundred queries.
    """

    loaded: models.Model | None = None

    def optgroups(self, name, value, attr=None):
        # What is no number of a record was typed by hand into the request; the field says what is wrong with it.
        value = [chosen for chosen in value if str(chosen).isdecimal()] or [""]
        if self.loaded is None or [str(chosen) for chosen in value] != [str(self.loaded.pk)]:
            return super().optgroups(name, value, attr)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        options.append(self.create_option(name, self.loaded.pk, str(self.loaded), True, len(options)))
        return [(None, options, 0)]


class RecordForm(forms.ModelForm):
    """The form of every record, on its own page and as a row of another's.

    A key left empty is made from what the record says; `rows` is the formset of a row, None on a page of its own.
    """

    rows: "RowFormSet | None" = None
    # The request a form on its own page was sent with; None for a row.
    request: HttpRequest | None = None
    # Of the names of its fields those of which two people's values stand against each other, and nobody chose.
    undecided: frozenset[str] = frozenset()
    # Whose form it is; None for rows, which are on the page of what they hang on.
    staff = None

    class Meta:
        error_messages = {
            NON_FIELD_ERRORS: {
                "unique_together": _(
                    "There already is a %(model_name)s with this %(field_labels)s: "
                    "change that one, or choose another value here."
                ),
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if isinstance(widget, LoadedAutocomplete):
                widget.loaded = self._loaded(name)
        if "key" in self.fields:
            self._key_need_not_be_given(self.fields["key"])

    def _post_clean(self):
        super()._post_clean()
        # A part may be new, or moved: it must not come to hang on what this person may not change.
        if self.staff is not None and not self.errors and is_locked(self.staff, self.instance):
            parent = parent_name(self._meta.model)
            message = _("Readers see this one already: ask a curator to change it.")
            self.add_error(parent if parent in self.fields else None, message)
        for name in self.fields:
            if self.add_prefix(name) in self.undecided:
                self.add_error(name, _("Both of you changed this: choose above the form whose value stands."))
        stopped = getattr(self.request, "stopped", "")
        if stopped:
            self.add_error(None, stopped)
        elif self.request is not None and REASON not in self.errors and self._reason_is_missing():
            self.add_error(REASON, NEEDED)

    def _key_need_not_be_given(self, field: forms.Field) -> None:
        field.required = False
        own = field.help_text or _("tells this one apart in links and exports")
        # What clean() does with an empty one.
        empty = (
            _("left empty, it stays as it is") if self.instance.pk else _("left empty, it is made for you")
        )
        field.help_text = f"{own}{_('; ')}{empty}"

    def clean(self):
        super().clean()
        if "key" in self.fields and "key" not in self.errors and not self.cleaned_data.get("key"):
            self.cleaned_data["key"] = (self.instance.pk and self.instance.key) or self._new_key()
        return self.cleaned_data

    def _reason_is_missing(self) -> bool:
        """Whether readers see what the form changes, and nobody has said why."""
        if given(self.request):
            return False
        changed = self.changed_data
        formsets = getattr(self.request, "staff_formsets", ())
        if not (changed or any(rows.has_changed() for rows in formsets)):
            return False
        return (self.instance.pk is not None and self.instance.is_public) or self._comes_to_be_shown()

    def _comes_to_be_shown(self) -> bool:
        """Whether it is a part that readers see from now on, new or moved to what they see."""
        if self.errors or self.instance.hidden or not self._meta.model.is_part():
            return False
        parents = [getattr(self.instance, name) for name in self._meta.model.public_parents]
        return all(parent is not None and parent.is_public for parent in parents)

    def _new_key(self) -> str:
        model = self._meta.model
        taken = keys_beside(model, self.cleaned_data, self.instance.pk)
        for row in self.rows.forms if self.rows is not None else ():
            typed = row.data.get(row.add_prefix("key"))
            made = getattr(row, "cleaned_data", {}).get("key")
            taken |= {typed, made} if row is not self else set()
        return key_of(model, self.cleaned_data, taken)

    def _loaded(self, name: str) -> models.Model | None:
        """The record a foreign key points to, if it came along with this one."""
        key = self._meta.model._meta.get_field(name)
        return getattr(self.instance, name) if key.is_cached(self.instance) else None


class RowFormSet(forms.BaseInlineFormSet):
    """The rows of an inline: says which value stands there twice."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        form.rows = self if self.is_bound and index is not None else None

    def get_unique_error_message(self, unique_check):
        own = [name for name in unique_check if name != self.fk.name]
        labels = [str(self.model._meta.get_field(name).verbose_name) for name in own]
        return _("The same %(fields)s stands in two rows: change or remove one of them.") % {
            "fields": ", ".join(labels)
        }

    def get_form_error(self):
        return _("This row repeats another one: change or remove one of them.")


def parent_name(model: type[Record]) -> str | None:
    """The foreign key to the record that one of `model` is part of; None where it stands by itself."""
    return model.public_parents[0] if model.public_parents else None
