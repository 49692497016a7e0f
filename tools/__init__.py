"""What measures the project, builds its data, and grades it; nothing of it runs where the archive is served."""
