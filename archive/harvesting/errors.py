"""Why a harvester is given no records."""

from __future__ import annotations


class HarvestError(Exception):
    """`code` is one of the protocol's: `badArgument`, `idDoesNotExist`."""

    def __init__(self, code: str, told: str) -> None:
        super().__init__(code, told)
        self.code = code
        self.told = told
