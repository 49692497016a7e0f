"""Words and phrases that stand near what was asked more often than elsewhere, and frequent phrases of a result set."""
