"""Descriptions of pages about no record, and of lists whose templates say nothing, by the names of their addresses."""

from django.utils.translation import gettext_lazy as _

SAID = {
    "home": _(
        "What cities tried, what came of it, and how anyone knows: cases of urban innovation, each held to the "
        "document and the line it was read from."
    ),
    "about": _(
        "What this catalogue of urban innovation is, where it starts, how its pages are read, and where its "
        "method, licence and privacy are told."
    ),
    "method": _(
        "How a text becomes records: reading, places in the source, corrections, source checks, judgement and its "
        "marks, and how search and lists count."
    ),
    "accessibility": _(
        "How far this site can be used by everybody: the standard it aims at, what was tested and how, what is "
        "not good enough yet, and whom to tell."
    ),
    "privacy": _(
        "What is kept of readers (nothing), of those who send a form, and of staff: cookies, logs, addresses, how "
        "long, and how to have it deleted."
    ),
    "licence": _(
        "Under which licence the software, our own words and data may be used, whose the source texts are, and "
        "what open data went into this."
    ),
    "download": _(
        "Every public record in one file: a table for each kind, each column described, as a Frictionless Data "
        "Package under CC BY 4.0."
    ),
    "search": _(
        "One search over cases, cities, declarations and their articles, alliances and plans; misspelt words, "
        "older and Chinese names of cities are understood."
    ),
    "curation:nominate": _(
        "Tell the editors about an initiative of a city that is missing here: no account is needed, and a draft "
        "can be kept and finished later."
    ),
    "curation:report": _(
        "Tell the editors what is wrong on a page, and where it is printed otherwise; no account and no name are "
        "needed."
    ),
    "cases:alike": _(
        "Which cities are near to yours by population, density and income, and what did they do about the same "
        "need? With what was compared and what was not."
    ),
    "cities:city_list": _(
        "Cities with their figures as each source prints them: population, area, density, income; with the "
        "territory each speaks of and its line."
    ),
    "cities:plan_list": _(
        "Plans of cities: what they say they will reach, by when, with each target, its state today and the line "
        "it was read from."
    ),
    "cities:alliance_list": _(
        "Networks of cities: who founded them, what they set out to do, how many members they count, and which of "
        "them the sources name."
    ),
    "cases:theme_list": _(
        "The themes cases are sorted by, from housing to water, each with its meaning, what is broader and "
        "narrower, and its cases."
    ),
    "declarations:declaration_list": _(
        "What cities put their names to, article by article in our own words, each with its place in the source "
        "and the cases that answer to it."
    ),
    "sources:source_list": _(
        "The documents and open data sets everything here was read from, with publisher, date, rights, "
        "corrections and what does not fit in them."
    ),
}
