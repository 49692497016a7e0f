"""How well the search finds, measured on questions whose right answers are known."""
