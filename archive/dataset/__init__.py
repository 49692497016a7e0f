"""The public part of the archive as a dataset: tables with a data dictionary, dumped once a month."""
