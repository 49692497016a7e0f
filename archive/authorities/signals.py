"""What the authority file announces; nobody here knows who listens."""

from django.dispatch import Signal

# Sent with `record` inside the transaction that changes a record, its names or its place (a merge).
record_changed = Signal()

# Sent inside the transaction of loading: with `added`, records that are new, or with `record` and its states `before`
# and `after` where a file renewed it.
records_loaded = Signal()
