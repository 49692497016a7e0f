"""What stands in deploy/containers is sound as far as that can be judged without a daemon, and tells no secret."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from tests.test_repository import ROOT

HERE = ROOT / "deploy/containers"
CHECKERS = ROOT / "tests/browser/checkers"
needs_checkers = pytest.mark.skipif(
    not (CHECKERS / "node_modules/dclint").exists(), reason="the checkers are not installed"
)


@pytest.fixture(scope="module")
def composed() -> dict[str, Any]:
    held: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text("utf-8"))
    return held


def services(composed: dict[str, Any]) -> dict[str, dict[str, Any]]:
    held: dict[str, dict[str, Any]] = composed["services"]
    return held


@needs_checkers
def test_the_composition_is_valid_by_the_specification_and_its_linter(composed: dict[str, Any]) -> None:
    schema = json.loads((CHECKERS / "node_modules/dclint/schemas/compose.schema.json").read_text("utf-8"))
    judge = jsonschema.Draft7Validator(schema)
    assert [one.message for one in judge.iter_errors(composed)] == []
    assert not judge.is_valid(composed | {"services": {"web": {"imagen": "x"}}})
    command = [str(CHECKERS / "node_modules/.bin/dclint"), "--quiet", str(HERE / "compose.yaml")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout


@needs_checkers
@pytest.mark.parametrize(("text", "faults"), [("", 0), ("\nHEALTHCHECK --intervall=5s CMD x\n", 1), ("\nFORM x\n", 1)])
def test_a_linter_finds_nothing_in_the_dockerfile_and_something_in_a_wrong_one(text: str, faults: int) -> None:
    ask = "const {validate} = require('dockerfile-utils'); const text = require('fs').readFileSync(0, 'utf8');"
    ask += "console.log(JSON.stringify(validate(text).map(one => one.message)))"
    given = (HERE / "Dockerfile").read_text("utf-8") + text
    done = subprocess.run(["node", "-e", ask], input=given, cwd=CHECKERS, capture_output=True, text=True, timeout=60)
    found = json.loads(done.stdout)
    assert bool(found) == bool(faults), found


def test_the_image_runs_as_nobody_in_particular_with_wheels_by_their_digests() -> None:
    lines = (HERE / "Dockerfile").read_text("utf-8")
    last = lines[lines.rindex("FROM ") :]
    assert re.search(r"^USER [1-9]\d+:[1-9]\d+$", last, re.M)
    assert re.search(r"^HEALTHCHECK ", last, re.M) and re.search(r"^VOLUME ", last, re.M)
    assert "--only-binary :all: --no-binary bagit,django-haystack --require-hashes" in lines
    assert all(re.fullmatch(r"FROM [\w./-]+:[\w.-]+( AS \w+)?", one) for one in re.findall(r"^FROM .*", lines, re.M))
    kept = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert kept[0] == "*" and not {"!var", "!deploy", "!.git", "!tests"} & set(kept)
    copied = [one[1:] for one in kept if one.startswith("!")]
    assert [one for one in copied if not (ROOT / one).exists()] == []


def test_every_service_has_a_tag_is_looked_after_and_knows_no_secret_but_by_file(composed: dict[str, Any]) -> None:
    assert set(services(composed)) == {"database", "opensearch", "web", "index", "work", "nginx"}
    for name, one in services(composed).items():
        tag = one["image"].rpartition(":")[2]
        assert re.search(r"\d", tag) and tag != "latest" and one["restart"] == "unless-stopped"
        assert "healthcheck" in one or name == "web"  # the image has its own
        assert not [key for key in one.get("environment", {}) if re.search("PASSWORD$|SECRET_KEY$|TOKEN$", key)]
    assert services(composed)["opensearch"]["networks"] == services(composed)["database"]["networks"] == ["inside"]
    assert composed["networks"]["inside"]["internal"] is True


def test_every_setting_that_a_container_is_given_is_one_of_ours(composed: dict[str, Any]) -> None:
    documented = (ROOT / "docs/operations.md").read_text("utf-8")
    given = {name for name in composed["x-archive"]["environment"] if name != "DIWAN_SECRET_KEY_FILE"}
    assert [name for name in given if f"`{name}`" not in documented] == []


def test_the_entry_passes_commands_on_and_reads_the_key_from_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a key from a file\n")
    for name in ("python", "gunicorn"):
        (tmp_path / name).write_text(f'#!/bin/sh\necho {name} "$@" "$DIWAN_SECRET_KEY"\n')
        (tmp_path / name).chmod(0o755)
    told = {}
    for asked in (["web"], ["index"], ["work"], ["backup", "/saved"]):
        told[asked[0]] = subprocess.check_output(
            ["sh", str(HERE / "entry.sh"), *asked],
            env={"PATH": f"{tmp_path}:/usr/bin:/bin", "DIWAN_SECRET_KEY_FILE": str(tmp_path / "key")},
            text=True,
        ).splitlines()
    assert told == {
        "web": [
            "python manage.py prepare a key from a file",
            "gunicorn --bind 0.0.0.0:8000 config.wsgi a key from a file",
        ],
        "index": ["python manage.py sync_index --watch a key from a file"],
        "work": ["python manage.py work --watch a key from a file"],
        "backup": ["python manage.py backup /saved a key from a file"],
    }


def test_nginx_in_a_container_is_the_one_that_is_tested() -> None:
    """tests/faults/test_proxy.py drives deploy/nginx.conf."""
    own = (HERE / "nginx.conf").read_text("utf-8").partition("upstream diwan")[2]
    tested = (ROOT / "deploy/nginx.conf").read_text("utf-8").partition("upstream diwan")[2]
    assert own == tested.replace("server 127.0.0.1:8000;", "server web:8000;")


def _has_daemon() -> bool:
    return bool(shutil.which("docker")) and subprocess.run(["docker", "info"], capture_output=True).returncode == 0


if _has_daemon():  # elsewhere there is nothing to be tested, and nothing to be skipped

    def test_docker_builds_the_image() -> None:
        command = ["docker", "build", "-f", "deploy/containers/Dockerfile", "-t", "diwan:tested", "."]
        assert subprocess.run(command, cwd=ROOT, timeout=900).returncode == 0
