"""The columns of notes.csv, the keys of its JSON."""

from django.urls import reverse

from cities.columns import point_of, where_of
from listing.citable import citation
from listing.columns import Column, Holds, OnSite, Table


def url_of(note) -> OnSite:
    """The page of one source check."""
    return OnSite(reverse("notes:note", args=[note.slug]))


def _cited_as(name: str) -> Table:
    return citation(
        name,
        key=lambda note: note.slug,
        title=lambda note: f"{note.get_kind_display()}: {note.case or note.source}, lines {note.lines}",
        place=lambda note: where_of(note.city),
        url=url_of,
        keywords=lambda note: [note.kind, note.severity],
        abstract=lambda note: note.note,
    )


POINT = Column("point", lambda note: note.city and point_of(note.city), "where the city it is about lies")

NOTES = Table(
    "notes",
    [
        # These eleven are a promise to programs outside.
        Column("id", lambda note: note.slug, "what it is called in its address", always=True),
        Column(
            "case",
            lambda note: note.case and note.case.slug,
            "slug of the case it is about; empty where it is about none",
        ),
        Column(
            "city",
            lambda note: note.city and note.city.name,
            "usual English name of the city, where it is about one",
        ),
        Column(
            "kind",
            lambda note: note.kind,
            "what does not fit: one of the kinds listed with the query names",
            always=True,
        ),
        Column(
            "severity",
            lambda note: note.severity,
            "high (would mislead about a main figure or the meaning), medium, low",
            always=True,
        ),
        Column(
            "printed",
            lambda note: note.pieces,
            "the printed pieces that do not fit, as the lines print them",
            holds=Holds.TEXTS,
        ),
        Column(
            "computed",
            lambda note: note.computed,
            "what the printed values give, where something was computed",
        ),
        Column(
            "difference_pct",
            lambda note: note.difference_pct,
            "how far the printed value is from the computed one, in per cent of the computed one",
            unit="%",
            holds=Holds.NUMBER,
        ),
        Column("source", lambda note: note.source.slug, "slug of the source document", always=True),
        Column("lines", lambda note: note.lines, "lines of the source, as 75-79; 83", always=True),
        Column(
            "note",
            lambda note: note.note,
            "our explanation; the printed values stay as they are",
            always=True,
        ),
        # These may grow.
        Column(
            "answer",
            lambda note: note.answer,
            "open, accepted, explained, corrected: what curators say to it",
            always=True,
        ),
        Column("answer_reason", lambda note: note.answer_reason, "why they say so"),
        Column(
            "found_by",
            lambda note: note.found_by,
            "check (computed), editor (an editor's reading), both",
            always=True,
        ),
        Column("url", url_of, "its page", holds=Holds.ADDRESS, always=True),
        Column("check", lambda note: note.check_name, "name of the check that finds it"),
        Column(
            "settles",
            lambda note: note.settles,
            "what would settle it, where something is not in the sources",
        ),
        Column(
            "concerns",
            lambda note: note.claims,
            "keys of the claims it names, of outcomes, dated facts or targets of the case",
            holds=Holds.TEXTS,
        ),
        Column("case_title", lambda note: note.case and note.case.title, "title of the case"),
        Column("city_id", lambda note: note.city and note.city.slug, "slug of the city, as filters take it"),
        Column(
            "correction",
            lambda note: note.ruling.key if note.ruling and not note.ruling.hidden else None,
            "key of the correction, where it was corrected by one",
        ),
    ],
    label="source checks",
    citation=_cited_as("notes"),
    point=POINT,
)

UNKNOWNS = Table(
    "unknowns",
    [
        Column(
            "id",
            lambda note: note.slug,
            "what it is called in its address, the id of the source check",
            always=True,
        ),
        Column("what", lambda note: note.note, "what the source promises or leaves open", always=True),
        Column("settles", lambda note: note.settles, "what would settle it", always=True),
        Column(
            "kind",
            lambda note: note.kind,
            "blank (left blank or not said), missing (announced and not there), or another kind of source check",
            always=True,
        ),
        Column("printed", lambda note: note.pieces, "the printed pieces", holds=Holds.TEXTS),
        Column(
            "case",
            lambda note: note.case and note.case.slug,
            "slug of the case it is about; empty where it is about none",
        ),
        Column(
            "city",
            lambda note: note.city and note.city.name,
            "usual English name of the city, where it is about one",
        ),
        Column("source", lambda note: note.source.slug, "slug of the source document", always=True),
        Column("lines", lambda note: note.lines, "lines of the source, as 75-79; 83", always=True),
        Column(
            "found_by",
            lambda note: note.found_by,
            "check (computed), editor (an editor's reading), both",
            always=True,
        ),
        Column("url", url_of, "its page", holds=Holds.ADDRESS, always=True),
    ],
    label="known unknowns",
    citation=_cited_as("unknowns"),
    point=POINT,
)
