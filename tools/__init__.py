"""What measures and builds beside the archive: evaluations, the lexicon, tables of countries; none of it is served."""
