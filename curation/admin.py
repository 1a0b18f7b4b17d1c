"""The staff pages of this room."""

from curation.imports import admin as imports

__all__ = ["imports"]
