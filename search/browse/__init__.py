"""Ways through the archive that begin with a record or a day, not with a query: its people, countries and dates."""
