"""`python -m tests.faults.without_guards [R7 …]`: take each guard out of a copy of the code; its test must fail then.

guards.toml names the guards: a file, the text that is the guard, what stands in its place without it, and the test. A
test that passes without its guard proves nothing, and ends this with 1; so does one that cannot be begun. How each
ended is a line of docs/guards.jsonl.
"""

from __future__ import annotations

import argparse
import datetime
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.faults.reliability import CAUGHT, ROOT, caught, guards, write_table

LISTED = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
FAILED = 1  # pytest's status where a test failed; others say that none was run
PATIENCE = 900  # seconds


def copied(folder: Path) -> Path:
    """The tree as it lies here, with what was installed and compiled beside it."""
    for name in subprocess.check_output(LISTED, cwd=ROOT, text=True).splitlines():
        source = ROOT / name
        if source.is_file() and not source.is_symlink():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, folder / name)
    for compiled in ROOT.glob("locale/*/LC_MESSAGES/django.mo"):
        shutil.copy2(compiled, folder / compiled.relative_to(ROOT))
    modules = ROOT / "tests/browser/checkers/node_modules"
    if modules.exists() and not (folder / modules.relative_to(ROOT)).exists():
        (folder / modules.relative_to(ROOT)).symlink_to(modules.resolve())
    subprocess.run(["git", "init", "-q"], cwd=folder, check=True)
    subprocess.run(["git", "add", "-A"], cwd=folder, check=True, capture_output=True)
    return folder


def tried(guard: dict[str, str], tree: Path) -> dict[str, Any]:
    """Run the test of a guard without it."""
    path = tree / guard["file"]
    whole = path.read_text("utf-8")
    assert whole.count(guard["old"]) == 1, f"{guard['name']}: the guard is not there once"
    path.write_text(whole.replace(guard["old"], guard["new"]), "utf-8")
    began = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n0", "-x", "--tb=line", guard["test"]]
    try:
        done = subprocess.run(command, cwd=tree, capture_output=True, text=True, timeout=PATIENCE)
        status, said = done.returncode, done.stdout[-2000:]
    except subprocess.TimeoutExpired:
        status, said = FAILED, "it did not end"
    finally:
        path.write_text(whole, "utf-8")
    if status != FAILED:
        print(f"{guard['name']}: pytest ends with {status}\n{said}", flush=True)
    return {
        "guard": guard["name"],
        "of": guard["of"],
        "test": guard["test"].rpartition("::")[2],
        "failed": status == FAILED,
        "seconds": round(time.monotonic() - began),
        "day": datetime.datetime.now(datetime.UTC).date().isoformat(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("numbers", nargs="*", metavar="NUMBER", help="R7, G1; all where none is named")
    parser.add_argument("--new", action="store_true", help="those alone that have no line in the log")
    options = parser.parse_args()
    log = caught()
    chosen = [guard for guard in guards() if not options.numbers or guard["of"] in options.numbers]
    chosen = [guard for guard in chosen if not options.new or not log.get(guard["name"], {}).get("failed")]
    with tempfile.TemporaryDirectory(prefix="diwan-guards-") as folder:
        tree = copied(Path(folder))
        for guard in chosen:
            log[guard["name"]] = ended = tried(guard, tree)
            print(f"{'fails ' if ended['failed'] else 'PASSES'} {guard['of']:4} {guard['name']}", flush=True)
            held = [log[one["name"]] for one in guards() if one["name"] in log]
            CAUGHT.write_text("".join(f"{json.dumps(line)}\n" for line in held), "utf-8")
    write_table()
    raise SystemExit(not all(log[guard["name"]]["failed"] for guard in chosen))


if __name__ == "__main__":
    main()
