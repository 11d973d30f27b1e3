"""A pack as one attachment: the files of its framework, so that a report carries its own rules."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

from risk_kit import catalogue
from risk_kit.digest import canonical
from risk_kit.errors import BadInput, Problem

NAME: Final = "pack.json"
FORMAT: Final = "risk-kit/pack/1"
MOST_FILES: Final = 50
MOST_TEXT: Final = 4 * 1024 * 1024

_PATH: Final = re.compile(
    r"(framework|questionnaire)\.yaml|(overlays|lenders)/[A-Za-z0-9_-]{1,100}\.yaml"
)


def packed(name: str, overlays: tuple[str, ...] = ()) -> bytes:
    """The files of a PACK argument with overlays as JSON bytes, the same for the same files.

    Raises NotAvailable as `catalogue.pack` does.
    """
    files = {
        path: file.read_text(encoding="utf-8")
        for path, file in catalogue.sources(name, overlays).items()
    }
    return canonical({"format": FORMAT, "files": files})


def unpacked(data: bytes, folder: Path) -> None:
    """Write the files of a packed pack into an empty folder. Raises BadInput `pack_file_unreadable`.

    Only the names that a pack has are written, so nothing leaves the folder.
    """
    for path, text in _files(data).items():
        target = folder / path
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")


def _files(data: bytes) -> dict[str, str]:
    try:
        raw: Any = json.loads(data)
        files = raw["files"] if raw["format"] == FORMAT else {}
        sound = 0 < len(files) <= MOST_FILES and sum(map(len, files.values())) <= MOST_TEXT
        named = all(_PATH.fullmatch(path) and isinstance(text, str) for path, text in files.items())
        "".join(files.values()).encode()  # refuses half a surrogate pair
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise BadInput(Problem("pack_file_unreadable", {}, NAME)) from error
    if not (sound and named):
        raise BadInput(Problem("pack_file_unreadable", {}, NAME))
    return dict(files)
