"""The staff pages of cases, of their parts, and of the vocabularies that describe them."""

from cases.admin import initiatives, parts, vocabularies

__all__ = ["initiatives", "parts", "vocabularies"]
