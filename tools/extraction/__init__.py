"""How well pages are read, beside other extractors; see `python -m tools evaluate_pages`."""
