"""The rooms that have pages, by the names their addresses are reversed with."""

import cases.urls
import cities.urls
import declarations.urls
import notes.urls
import sources.urls

ROOMS = {
    "cases": cases.urls,
    "cities": cities.urls,
    "declarations": declarations.urls,
    "notes": notes.urls,
    "sources": sources.urls,
}
