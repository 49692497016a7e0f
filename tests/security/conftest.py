"""A real archive in a folder of its own, as the tests of faults have it."""

from tests.faults.conftest import archive, template

__all__ = ["archive", "template"]
