"""The staff pages of cases, of their parts, and of the vocabularies that describe them."""

from cases.admin import commitments, initiatives, parts, vocabularies

__all__ = ["commitments", "initiatives", "parts", "vocabularies"]
