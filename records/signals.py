"""What is told to the rooms above when records have been changed."""

from django.dispatch import Signal

# Sent with `rows` by records/many.py for rows of the kind `sender`, made or changed without `post_save` of each.
saved_together = Signal()

# Sent with `recording` at the end of an operation of the history: what is done then still is part of it.
operation_ends = Signal()
