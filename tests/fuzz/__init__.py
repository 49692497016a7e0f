"""What must hold for any input: tried by hypothesis in tests/unit, and by atheris from `python -m tests.fuzz`."""
