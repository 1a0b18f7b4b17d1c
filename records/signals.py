"""What is told to the rooms above when staff have changed a record."""

from django.dispatch import Signal

# Sent by the staff pages with `record` after it was saved with all rows of its page, or deleted.
changed_by_staff = Signal()
