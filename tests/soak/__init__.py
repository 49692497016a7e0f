"""A soak (R19): the archive is served as `make run` does and asked at a steady rate while pages come and go."""
