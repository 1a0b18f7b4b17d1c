"""What staff fill in for a group of synonyms: its page, groups to be merged, words that leave one."""

from collections.abc import Sequence

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from curation.vocabularies.groups import parted, union
from curation.vocabularies.trying import MOST_QUERIES
from records.admin.reason import ReasonField
from search.models import Synonym, lines, problems

WHY = gettext_lazy("For the history: why this is done.")


class QueriesField(forms.CharField):
    """Queries to be tried, one a line; a list of texts."""

    def __init__(self):
        super().__init__(
            label=gettext_lazy("Try these queries"),
            required=False,
            widget=AdminTextareaWidget(attrs={"rows": 3}),
            help_text=gettext_lazy(
                "One a line, as a reader types them. Where none is given, the words of the group are tried."
            ),
        )

    def clean(self, value):
        queries = lines(super().clean(value))
        if len(queries) > MOST_QUERIES:
            text = _("These are %(count)d queries: try at most %(most)d at once.")
            raise ValidationError(text % {"count": len(queries), "most": MOST_QUERIES})
        return queries

    def has_changed(self, initial, data):
        return False  # it is no part of the group


class TryForm(forms.Form):
    """Queries alone."""

    queries = QueriesField()


class GroupForm(forms.ModelForm):
    """A group of synonyms. While it is only tried it is never valid, needs no reason, and nothing is saved."""

    queries = QueriesField()
    reason_for_change = ReasonField(help_text=gettext_lazy("Kept in the history."))
    is_tried = False

    class Meta:
        model = Synonym
        fields = ("words", "only_typed", "reason")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_tried and "reason" in self.fields:
            self.fields["reason"].required = False

    def clean(self):
        super().clean()
        if not self.is_tried:
            self.errors.pop("queries", None)  # what is not tried is no reason not to save

    def is_valid(self):
        return super().is_valid() and not self.is_tried


class MergeForm(forms.ModelForm):
    """Which of some groups stays, and what it holds then. `instance` becomes that, with the number of the one kept."""

    kept = forms.ModelChoiceField(
        label=gettext_lazy("This one stays"), queryset=Synonym.objects.none(), widget=forms.HiddenInput
    )
    reason_for_change = ReasonField(label=gettext_lazy("Why are these one?"), help_text=WHY)
    queries = QueriesField()

    class Meta:
        model = Synonym
        fields = ("words", "only_typed", "reason")
        widgets = dict.fromkeys(fields, AdminTextareaWidget(attrs={"rows": 6}))

    def __init__(self, data=None, *, groups: Sequence[Synonym], is_confirmed: bool):
        super().__init__(data, initial={"kept": groups[0].pk, **union(groups).values})
        self.fields["kept"].queryset = Synonym.objects.filter(pk__in=[group.pk for group in groups])
        self.fields["reason_for_change"].required = is_confirmed

    def clean(self):
        super().clean()
        if kept := self.cleaned_data.get("kept"):
            self.instance.pk = kept.pk


class SplitForm(forms.Form):
    """Which words of a group stay and which leave it; one may do both. `parts` are the two groups, neither saved."""

    stays = forms.MultipleChoiceField(required=False)
    leaves = forms.MultipleChoiceField(required=False)
    reason = forms.CharField(
        label=gettext_lazy("Reason of the group that stays"), widget=AdminTextareaWidget(attrs={"rows": 3})
    )
    new_reason = forms.CharField(
        label=gettext_lazy("Reason of the new group"),
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        help_text=gettext_lazy("why a reader who types one of its words means the others too"),
    )
    reason_for_change = ReasonField(label=gettext_lazy("Why is it split?"), help_text=WHY)
    queries = QueriesField()

    def __init__(self, data=None, *, group: Synonym, is_confirmed: bool):
        words = [*group.members, *lines(group.only_typed)]
        super().__init__(data, initial={"stays": words, "leaves": [], "reason": group.reason})
        self.group, self.words = group, words
        for name in ("stays", "leaves"):
            self.fields[name].choices = [(word, word) for word in words]
        for name in ("reason", "new_reason", "reason_for_change"):
            self.fields[name].required = is_confirmed

    @property
    def rows(self) -> list[tuple[str, bool, bool, bool]]:
        """Each word: whether it is only typed, stays, leaves."""
        only_typed = set(lines(self.group.only_typed))
        stays, leaves = (set(self[name].value() or ()) for name in ("stays", "leaves"))
        return [(word, word in only_typed, word in stays, word in leaves) for word in self.words]

    def clean(self):
        said = super().clean()
        if self.errors.keys() & {"stays", "leaves"}:
            return said
        stays, leaves = set(said["stays"]), set(said["leaves"])
        lost = [word for word in self.words if word not in stays | leaves]
        if lost:
            text = _("In neither group: %(words)s. Tick one or both, or delete the word on the group’s page.")
            self.add_error("stays", text % {"words": ", ".join(lost)})
        elif stays.issuperset(self.words):
            self.add_error("leaves", _("At least one word has to leave the group."))
        else:
            self._check(stays, leaves)
        return said

    def _check(self, stays: set[str], leaves: set[str]) -> None:
        self.parts = parted(self.group, stays, leaves)
        reasons = (self.cleaned_data.get(name) for name in ("reason", "new_reason"))
        for name, group, reason in zip(("stays", "leaves"), self.parts, reasons, strict=True):
            group.reason = reason or ""
            for problem in problems(group.members, lines(group.only_typed)).values():
                self.add_error(name, problem)
