"""The tables of this room."""

from curation.imports.models import Import, ImportedFile, ImportRow, SavedColumns

__all__ = ["Import", "ImportRow", "ImportedFile", "SavedColumns"]
