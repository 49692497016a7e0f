"""What the archive announces; nobody here knows who listens."""

from django.dispatch import Signal

# Sent with `articles` inside the transaction that publishes, withdraws or deletes them, or changes them while they are
# public; with `turned` where they are published or withdrawn by it.
visibility_changed = Signal()

# Sent with `articles` inside the transaction that makes drafts, changes what is not public, or publishes, withdraws or
# deletes it.
unpublished_changed = Signal()

# Sent with `request`, `article` and its text in pieces (`kicker`, `title`, `paragraphs`) when its page is made. What a
# listener returns, a dictionary or None, joins what the template is given: another `text_template`, and its needs.
page_made = Signal()

# Sent with `article` inside the transaction that erases it: no trace of its words may stay anywhere.
erased = Signal()

# Sent with `articles`, public ones, inside the transaction that puts them into a confirmed meeting or a collection, or
# takes them out, or has another address lead to theirs: nothing of their own is otherwise.
groups_changed = Signal()

# Sent with `article`: a listener says whether a curator has decided something that rests on it, as where it is put into
# a collection. Who undoes an intake asks so, and leaves the article.
rested_on = Signal()
