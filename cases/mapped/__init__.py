"""`/map/`: the cities of the cases that a query finds, on a map and as a list.

cities.py     which cities, and how many of the cases each has
selection.py  what a query asks for: the filters of the list of cases, and which part of the world to look at
picture.py    the map: marks, groups, names and where each leads
lists.py      the page and its exports
columns.py    the columns of map.csv
"""
