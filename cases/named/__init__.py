"""Whom and what cases name, as lists and pages: organisations in their roles, places, and who learned from whom.

columns.py   the columns of partners.csv, places.csv, lessons.csv
filters.py   what the lists may be filtered by
lists.py     the lists and their orders
search.py    their rows in an index of their own, which finds, counts and orders them
pages.py     the page and the document of one organisation, of one place
of_case.py   what the page and the document of a case show of them
"""
