"""Pages before and after a change: saves what an archive answers to some 300 requests, and compares it with what it
answers later.

    python -m tools.pages archive /tmp/archive --from stories_ar.jsonl stories_fa.jsonl
    python -m tools.pages save /tmp/before --archive /tmp/archive
    python -m tools.pages save /tmp/questions --archive /tmp/archive --questions 500    # drawn from headlines
    python -m tools.pages compare /tmp/before          # in the tree that was changed
    python -m tools.pages noise                        # what is left out of the comparison, and why

It knows the project by its addresses, its commands and its environment variables alone, not by the names of modules, so
that it runs unchanged however modules move.
"""
