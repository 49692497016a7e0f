"""What `deploy/` offers is true: every setting is named, the units are sound and start what there is."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.test_repository import ROOT

DEPLOY = ROOT / "deploy"
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


def test_the_file_of_the_environment_names_every_setting_that_the_documentation_names() -> None:
    rows = re.findall(r"^\| (`DIWAN_.*?) \|", (ROOT / "docs/operations.md").read_text("utf-8"), re.M)
    documented = {name for row in rows for name in re.findall(r"DIWAN_\w+", row)}
    offered = re.findall(r"^#?(DIWAN_\w+)=", (DEPLOY / "diwan.env.example").read_text("utf-8"), re.M)
    assert sorted(offered) == sorted(documented)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_nothing_in_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/diwan/.venv/bin", str(Path(sys.executable).parent))
        (tmp_path / unit.name).write_text(text.replace("/opt/diwan", str(ROOT)))
    command = ["systemd-analyze", "verify", *(str(tmp_path / unit.name) for unit in UNITS)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_every_unit_and_file_is_in_the_guide() -> None:
    guide = (DEPLOY / "README.md").read_text("utf-8")
    assert [path.name for path in sorted(DEPLOY.iterdir()) if path.name not in guide] == []
