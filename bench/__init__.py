"""Measures of the catalogue at any size: `make bench`, `make relevance`. README.md says what each figure means.

Nothing here is imported by the catalogue, and nothing here touches the user's database: each size has a folder of its
own.
"""
