"""What the archive is measured with; `make bench` runs it, README.md says how."""
