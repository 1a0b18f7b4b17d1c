"""What is told to the rooms above when staff have changed a record."""

from django.dispatch import Signal

# Sent by the staff pages with `record` after it was saved with all rows of its page, or deleted.
changed_by_staff = Signal()

# Sent with `rows` by records/many.py for rows of the kind `sender`, made or changed without `post_save` of each.
saved_together = Signal()
