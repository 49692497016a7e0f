"""Builds the data files of the analyzer from news text, Wikidata names and CLDR; nothing else imports it."""
