"""A collection of one's own: cases that a reader marked, as a list with an address."""
