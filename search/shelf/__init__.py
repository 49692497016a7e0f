"""The reader's shelf: articles kept and searches saved, without an account or with one."""
