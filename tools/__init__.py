"""What measures the project and what others grade it by; nothing of it runs where the archive is served."""
