"""The staff pages of cases, of their parts, of whom and what they name, and of the vocabularies that describe them."""

from cases.admin import commitments, initiatives, named, parts, targets, vocabularies

__all__ = ["commitments", "initiatives", "named", "parts", "targets", "vocabularies"]
