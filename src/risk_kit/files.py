"""The one place that writes files: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

from risk_kit.errors import CannotWrite, Problem


def home() -> Path:
    """The folder of this user's own files: $RISK_KIT_HOME, else one in the data folder."""
    given = os.environ.get("RISK_KIT_HOME")
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(given) if given else Path(base) / "risk-kit"


def write_atomic(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write `data` to a temporary file beside `path`, then rename it into place.

    Raises CannotWrite when the folder is missing, read-only or full; an older file stays as it was.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    except OSError as error:
        raise _cannot(path, error) from error
    done = False
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
        done = True
    except OSError as error:
        raise _cannot(path, error) from error
    finally:  # an interruption leaves nothing behind either
        if not done:
            with suppress(OSError):
                Path(name).unlink()


def _cannot(path: Path, error: OSError) -> CannotWrite:
    reason = error.strerror or type(error).__name__
    return CannotWrite(Problem("cannot_write", {"reason": reason}, file=str(path)))
