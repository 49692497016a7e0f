"""What the archive's owner says of it, to readers in their language."""
