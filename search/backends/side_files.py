"""What lies beside a segment and may be deleted at any time: its columns and, for a large one, its posting lists."""

from __future__ import annotations

from whoosh.index import Index

from search.backends.columns_file import write_missing_columns
from search.backends.posting_lists_file import write_missing_posting_lists


def write_side_files(index: Index) -> None:
    """Write those of new segments after a commit, so that no reader has to wait for them."""
    write_missing_columns(index)
    write_missing_posting_lists(index)
