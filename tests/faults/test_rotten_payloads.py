"""R18: captured bytes rot on the disk, or vanish; they are named, shown and mended."""

from __future__ import annotations

from pathlib import Path

from tests.faults.archive import Archive


def flip(path: Path) -> None:
    """Change one bit in the middle of a file that is not meant to be written."""
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.chmod(0o644)
    path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])


def test_r18_rotten_payloads_are_named_and_mended(archive: Archive) -> None:
    assert "45 intact, 0 damaged, 0 missing." in archive.run("manage.py", "check_fixity")
    payloads = sorted(path for path in (archive.folder / "captures").glob("??/*"))
    rotten, gone = payloads[0], payloads[1]
    saved = {path: path.read_bytes() for path in (rotten, gone)}
    flip(rotten)
    gone.unlink()
    told = archive.run("manage.py", "check_fixity", fails=True)
    assert "43 intact, 1 damaged, 1 missing." in told
    for outcome, path in (("damaged", rotten), ("missing", gone)):
        assert f"{outcome:<8} {path.parent.name}{path.name}" in told
    for number, bytes_again in enumerate(saved.values()):
        page = archive.folder / f"again-{number}.txt"
        page.write_bytes(bytes_again)
        assert "unchanged" in archive.run("manage.py", "import_articles", str(page))
    assert "45 intact" in archive.run("manage.py", "check_fixity")
    archive.invariants()
