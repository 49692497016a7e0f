"""A curator who drives the admin of a served archive by its forms, as a browser does, and keeps cookies."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

from tests.faults.archive import PASSWORD, Archive


class FormFields(HTMLParser):
    """The fields of a page's forms with what they hold, as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.held: dict[str, str] = {}
        self._select = self._area = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "input" and name and told.get("type") not in {"submit", "file"}:
            if told.get("type") not in {"checkbox", "radio"} or "checked" in told:
                self.held[name] = told.get("value", "on" if told.get("type") == "checkbox" else "")
        elif tag == "textarea":
            self._area, self.held[name] = name, ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and "selected" in told:
            self.held[self._select] = told["value"]

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.held[self._area] = self.held[self._area].removeprefix("\n")
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.held[self._area] += data


class Curator:
    """Signed in at a served archive; status 0 is no answer."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self._open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        _status, page = self.get("/admin/login/")
        form = FormFields(page).held | {"username": "curator", "password": PASSWORD, "next": "/admin/"}
        status, page = self.post("/admin/login/", form)
        assert status == 200 and "curator" in page, page[:2000]

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(path, None)

    def post(self, path: str, form: dict[str, str]) -> tuple[int, str]:
        return self._ask(path, urllib.parse.urlencode(form).encode())

    def _ask(self, path: str, sent: bytes | None) -> tuple[int, str]:
        try:
            with self._open(f"http://{self.archive.bind}{path}", sent, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""
