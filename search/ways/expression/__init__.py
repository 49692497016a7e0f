"""Regular expressions inside the texts of a result set."""
