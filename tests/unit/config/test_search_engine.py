"""Which engine answers is one setting; what cannot be understood is refused with what to write."""

from __future__ import annotations

from pathlib import Path

import certifi
import pytest
from django.core.exceptions import ImproperlyConfigured

from config.search_engine import connections

HERE = Path("/srv/archive")


def test_without_a_setting_the_engine_inside_the_archive_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DIWAN_SEARCH", raising=False)
    made = connections(HERE)
    assert {name: one["PATH"] for name, one in made.items()} == {
        "default": "/srv/archive/index",
        "drafts": "/srv/archive/index-drafts",
    }
    assert all(one["ENGINE"].endswith("DiwanWhooshEngine") and not one["SILENTLY_FAIL"] for one in made.values())


def test_a_cluster_is_named_with_all_its_hosts_and_keeps_drafts_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "ca.pem").write_bytes(Path(certifi.where()).read_bytes())
    monkeypatch.setenv("DIWAN_SEARCH", "opensearch+https://one.example:9200,two.example:9201/diwan")
    monkeypatch.setenv("DIWAN_SEARCH_USER", "archive")
    monkeypatch.setenv("DIWAN_SEARCH_PASSWORD", "a:b@c")
    monkeypatch.setenv("DIWAN_SEARCH_CA", str(tmp_path / "ca.pem"))
    monkeypatch.setenv("DIWAN_SEARCH_MS", "1500")
    made = connections(HERE)
    assert made["default"]["HOSTS"] == ("https://one.example:9200", "https://two.example:9201")
    assert (made["default"]["INDEX_NAME"], made["drafts"]["INDEX_NAME"]) == ("diwan", "diwan-drafts")
    assert made["drafts"]["PASSWORD"] == "a:b@c" and made["drafts"]["SECONDS"] == 1.5
    assert made["default"]["CA"] == str(tmp_path / "ca.pem") and made["default"]["REPLICAS"] == 1


@pytest.mark.parametrize(
    "written",
    [
        "opensearch://one/diwan",
        "opensearch://one:9200",
        "opensearch://one:9200/Diwan",
        "opensearch://one:9200/a,b",
        "opensearch://user:secret@one:9200/diwan",
        "elasticsearch://one:9200/diwan",
        "opensearch://one:9200,/diwan",
        "opensearch://one:9200/diwan?x=1",
    ],
)
def test_an_address_that_is_none_is_refused_without_being_repeated(
    written: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DIWAN_SEARCH", written)
    with pytest.raises(ImproperlyConfigured, match="write opensearch://host:9200") as refused:
        connections(HERE)
    assert "secret" not in str(refused.value)


def test_authorities_that_are_not_there_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIWAN_SEARCH", "opensearch://one:9200/diwan")
    monkeypatch.setenv("DIWAN_SEARCH_CA", "/nowhere/ca.pem")
    with pytest.raises(ImproperlyConfigured, match="where no file is"):
        connections(HERE)


def test_authorities_that_are_none_are_told_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DIWAN_SEARCH", "opensearch+https://one:9200/diwan")
    monkeypatch.setenv("DIWAN_SEARCH_CA", str(tmp_path / "ca.pem"))
    for content in ("", "no certificate"):
        (tmp_path / "ca.pem").write_text(content)
        with pytest.raises(ImproperlyConfigured, match="of which no certificate can be read"):
            connections(HERE)


def test_a_password_comes_from_the_first_line_of_a_file_and_the_file_is_believed_before_the_variable(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "password").write_text("رمز: a:b\nmore\n", "utf-8")
    monkeypatch.setenv("DIWAN_SEARCH", "opensearch://one:9200/diwan")
    monkeypatch.setenv("DIWAN_SEARCH_PASSWORD", "another")
    monkeypatch.setenv("DIWAN_SEARCH_PASSWORD_FILE", str(tmp_path / "password"))
    assert connections(HERE)["drafts"]["PASSWORD"] == "رمز: a:b"
    monkeypatch.setenv("DIWAN_SEARCH_PASSWORD_FILE", str(tmp_path / "nowhere"))
    with pytest.raises(ImproperlyConfigured, match=r"DIWAN_SEARCH_PASSWORD_FILE .* cannot be read"):
        connections(HERE)
