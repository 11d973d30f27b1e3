"""The text files of this repository, as the checks in this folder see them."""

from __future__ import annotations

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def tracked_text(names: list[str]) -> list[tuple[Path, str]]:
    """Path and text of the named files, else of every file that git tracks or would track.

    Files that are not UTF-8 text (fonts, pictures) are left out.
    """
    paths = [Path(name).resolve() for name in names] or [ROOT / name for name in _listed()]
    texts = ((path, _text(path)) for path in sorted(set(paths)) if path.is_file())
    return [(path, text) for path, text in texts if text is not None]


def _listed() -> list[str]:
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name]


def _text(path: Path) -> str | None:
    data = path.read_bytes()
    if b"\0" in data[:8192]:
        return None
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None
