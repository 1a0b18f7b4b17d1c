"""The list of source checks, the page of one, and the known unknowns."""

from django.db.models import F
from django.utils.translation import gettext_lazy

from listing.detail import DetailView
from listing.sorting import Sort, Sorting, text
from listing.views import ListView, site_of
from notes.columns import NOTES, UNKNOWNS
from notes.filters import NoteFilters, UnknownFilters
from notes.models import Note
from notes.vocabularies import RANK
from sources.printed import PrintedTexts

# Of the lines themselves, where readers may see them, a page shows so many.
MOST_PLACES, MOST_LINES = 20, 40

SORTING = Sorting(
    {
        "severity": Sort(
            RANK, gettext_lazy("Most severe first"), gettext_lazy("Least severe first"), always=True
        ),
        "city": Sort(text("city__name"), gettext_lazy("City, A to Z"), gettext_lazy("City, Z to A")),
        "difference": Sort(
            F("difference_pct"),
            gettext_lazy("Largest difference first"),
            gettext_lazy("Smallest difference first"),
            downwards=True,
        ),
    },
    default="severity",
)


class NoteList(ListView):
    """`/notes/` and its exports."""

    record_class = Note
    filterset_class = NoteFilters
    sorting = SORTING
    table = NOTES
    template_name = "notes/note_list.html"
    kept_with = "outcome"


class UnknownList(ListView):
    """`/unknowns/`: what the sources promise or leave open, and what would settle it."""

    record_class = Note
    filterset_class = UnknownFilters
    sorting = Sorting({name: SORTING.sorts[name] for name in ("severity", "city")}, default="severity")
    table = UNKNOWNS
    template_name = "notes/unknown_list.html"
    label = gettext_lazy("Known unknowns")
    kept_with = "outcome"

    def get_queryset(self):
        return super().get_queryset().exclude(settles="")


class NotePage(DetailView):
    """One source check."""

    record_class = Note
    template_name = "notes/note.html"

    def get_queryset(self):
        return super().get_queryset().for_lists()

    def get_context_data(self, **kwargs):
        texts, note = PrintedTexts(), self.object
        passages = [
            line
            for first, last in note.place[:MOST_PLACES]
            for line in texts.passage(note.source, first, last)
        ]
        return super().get_context_data(**kwargs, passages=passages[:MOST_LINES])

    def document(self, record: Note) -> dict:
        return record.document(site_of(self.request))
