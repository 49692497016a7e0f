"""Parentheses in pairs: extra ones left out, missing ones supplied, too deep ones ignored."""

from __future__ import annotations

from dataclasses import replace

from search.syntax.characters import CLOSING_PARENTHESES, ORNATE_PARENTHESES
from search.syntax.notices import Notice, notice
from search.syntax.tokens import QueryToken, TokenKind

MAX_DEPTH = 16


def with_paired_parentheses(query: str, tokens: list[QueryToken]) -> tuple[list[QueryToken], list[Notice]]:
    """The tokens with one CLOSE for every OPEN before it, and at most one notice of each kind.

    A closing one without partner is left out; what is still open is closed at the end of the query.
    """
    pairing = _Pairing(query)
    for token in tokens:
        if token.kind not in (TokenKind.OPEN, TokenKind.CLOSE):
            pairing.paired.append(token)
        elif pairing.closes(token):
            pairing.close(token)
        else:
            pairing.open(token)
    pairing.finish()
    return pairing.paired, list(pairing.notices.values())


class _Pairing:
    def __init__(self, query: str) -> None:
        self.query = query
        self.paired: list[QueryToken] = []
        self.waiting: list[QueryToken] = []
        self.notices: dict[str, Notice] = {}

    def closes(self, token: QueryToken) -> bool:
        """An ornate parenthesis closes one of the other direction, any other by its own shape."""
        if token.text not in ORNATE_PARENTHESES:
            return token.text in CLOSING_PARENTHESES
        partner = self.waiting[-1].text if self.waiting else token.text
        return partner in ORNATE_PARENTHESES and partner != token.text

    def open(self, token: QueryToken) -> None:
        self.waiting.append(token)
        if len(self.waiting) > MAX_DEPTH:
            self.tell("nested-too-deep", token, limit=MAX_DEPTH)
        else:
            self.paired.append(token)

    def close(self, token: QueryToken) -> None:
        if not self.waiting:
            self.tell("unbalanced-parenthesis", token)
            return
        if len(self.waiting) <= MAX_DEPTH:
            self.paired.append(replace(token, kind=TokenKind.CLOSE))
        self.waiting.pop()

    def finish(self) -> None:
        if self.waiting:
            self.tell("unbalanced-parenthesis", self.waiting[-1])
        end = QueryToken(TokenKind.CLOSE, len(self.query), len(self.query), "")
        self.paired.extend([end] * min(len(self.waiting), MAX_DEPTH))

    def tell(self, code: str, token: QueryToken, **parameters: int) -> None:
        self.notices.setdefault(code, notice(code, self.query, token.start, token.end, **parameters))
