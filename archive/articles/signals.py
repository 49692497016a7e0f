"""What the archive announces; nobody here knows who listens."""

from django.dispatch import Signal

# Sent with `article` inside the transaction that publishes, withdraws or deletes it, or changes it while it is public.
visibility_changed = Signal()
