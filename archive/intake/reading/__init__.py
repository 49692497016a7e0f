"""Reading what people have: files, folders and bundles → items, each with its bytes and what its giver says of it.

Pure and streamed: nothing is written, and of a whole nothing is held but the item at hand.
"""
