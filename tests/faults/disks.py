"""Small disks: a tmpfs where this process may mount one."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Path | None]:
    """Put what `folder` holds on a disk of this size; None where nothing may be mounted."""
    held = folder.with_name(folder.name + ".held")
    if os.geteuid() != 0:
        yield None
        return
    shutil.copytree(folder, held, symlinks=True)
    tried = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "tmpfs", str(folder)], capture_output=True
    )
    if tried.returncode:
        yield None
        return
    try:
        shutil.copytree(held, folder, symlinks=True, dirs_exist_ok=True)
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(folder: Path, left: int) -> Path:
    """Fill a disk up to its last `left` bytes; give the file that does."""
    path = folder / "ballast"
    descriptor = os.open(path, os.O_CREAT | os.O_WRONLY)
    try:
        while os.write(descriptor, bytes(4096)):
            pass
    except OSError:
        os.truncate(path, max(0, path.stat().st_size - left))
    finally:
        os.close(descriptor)
    return path
