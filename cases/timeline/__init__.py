"""Cases in time: when they began, and their dated facts, each as wide as its date is precise.

axis.py    dates as places on a line of years
strips.py  the facts of one case: numbered in a list, and as marks on the line
lists.py   `/timeline/`: the cases of the list, a page at a time, on one line of years
"""
