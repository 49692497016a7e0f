"""Makes the authority files that are generated: dated posts, bodies and news outlets, each with its source."""
