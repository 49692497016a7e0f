"""The same result set read in other ways: words in context, in order of time, who with whom, how wording changes."""
