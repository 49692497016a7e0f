"""What the archive announces; nobody here knows who listens."""

from django.dispatch import Signal

# Sent with `article` inside the transaction that publishes, withdraws or deletes it, or changes it while it is public.
visibility_changed = Signal()

# Sent with `request`, `article` and its text in pieces (`kicker`, `title`, `paragraphs`) when its page is made. What a
# listener returns, a dictionary or None, joins what the template is given: another `text_template`, and its needs.
page_made = Signal()
