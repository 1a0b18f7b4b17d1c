"""How cases answer declarations: the links of all cases as one list, and as a matrix of cases against articles.

articles.py  articles of declarations as values of filters, here and in the list of cases
filters.py   what the list may be filtered by
answers.py   what a query asks for: links for exports, their cases for pages; counted by the index of cases
matrix.py    one page of cases against the articles
totals.py    themes or cities against the articles: how many cases of each answer
rows.py      links as plain values, for long exports
lists.py     the list: its orders, pages, exports
columns.py   the columns of crosswalk.csv
"""
