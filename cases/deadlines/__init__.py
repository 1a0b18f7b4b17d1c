"""The targets of plans and cases as one list, by the date they are due.

columns.py    the columns of targets.csv
filters.py    what the list may be filtered by; how a target stands is worked out for the day of the question
lists.py      the list, its orders, and the timeline above it
timeline.py   the targets of a selection year by year
"""
