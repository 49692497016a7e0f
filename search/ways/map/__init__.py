"""Where the reports are about: countries, cities and meetings of a result set on a map."""
