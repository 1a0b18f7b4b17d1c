"""The outcomes of all cases as one list: its rows, filters, orders, columns, and how search knows them.

rows.py      outcomes as plain values, for pages and exports
filters.py   what the list may be filtered by
search.py    outcomes in an index of their own
lists.py     the list: its orders and pages
columns.py   the columns of outcomes.csv
change.py    the value before and the one after as bars
of_case.py   the outcomes of one case, by status, repeated claims under the first, with the picture of change
"""
