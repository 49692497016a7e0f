"""What the authority file announces; nobody here knows who listens."""

from django.dispatch import Signal

# Sent with `record` inside the transaction that changes a record, its names or its place (a merge).
record_changed = Signal()
