"""What the page and the document of a case show of whom and what it names, and of its targets."""

from cases.deadlines.columns import TARGETS
from cases.models import Initiative
from cases.named.columns import LESSONS, PARTNERS, PLACES

# The rows of each kind, by the name that the page knows them by, with their columns and their key in the document.
_KINDS = (
    ("partners", "partners", PARTNERS, ("organisation__name", "role")),
    ("place_mentions", "places", PLACES, ("first_line", "place__name")),
    ("transfers", "transfers", LESSONS, ("direction", "first_line", "key")),
    ("targets", "targets", TARGETS, ("first_line", "key")),
)


def named_by(case: Initiative) -> dict[str, list]:
    """The public rows of each kind in their order, each with what is shown of it."""
    parts = {}
    for name, _key, _table, order in _KINDS:
        manager = getattr(case, name)
        rows = list(manager.filter(manager.model.own_public_q()).for_lists().order_by(*order, "pk"))
        for row in rows:
            row.initiative = case
        parts[name] = rows
    return parts


def named_documents(case: Initiative, site: str) -> dict[str, list]:
    """The same for its JSON, each row with the keys of its list."""
    parts = named_by(case)
    return {key: [table.document(row, site) for row in parts[name]] for name, key, table, _order in _KINDS}
