"""A real archive behind its real server, as an operator watches it."""

from tests.faults.conftest import archive, template

__all__ = ["archive", "template"]
