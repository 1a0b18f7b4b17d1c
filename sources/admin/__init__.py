"""The staff pages of sources, and what those of every room above are built from."""

from sources.admin.documents import RulingAdmin, SourceAdmin, SourceTextAdmin
from sources.admin.forms import LocatedForm, ReasonedForm, SourcedForm
from sources.admin.located import (
    CatalogueAdmin,
    LocatedAdmin,
    LocatedRows,
    LocatedStacked,
    ReasonedAdmin,
    ReasonedStacked,
)

__all__ = [
    "CatalogueAdmin",
    "LocatedAdmin",
    "LocatedForm",
    "LocatedRows",
    "LocatedStacked",
    "ReasonedAdmin",
    "ReasonedForm",
    "ReasonedStacked",
    "RulingAdmin",
    "SourceAdmin",
    "SourceTextAdmin",
    "SourcedForm",
]
