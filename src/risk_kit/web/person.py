"""Who works here: one local name, written beside every change. It proves nobody's identity."""

from __future__ import annotations

import getpass
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

from risk_kit import files
from risk_kit.document import Language
from risk_kit.web import kept
from risk_kit.web.texts import say

VARIABLE: Final = "RISK_KIT_USER"
MOST: Final = 60
_FILE: Final = "user.txt"


def name(language: Language = "zh") -> str:
    """$RISK_KIT_USER, else the name given on this machine, else the account's, else a stand-in."""
    found = os.environ.get(VARIABLE) or kept.get("user") or _written() or _account()
    return _plain(found) or say("local_user", language)


def fixed() -> bool:
    """Whether the environment says who it is, so that the page cannot."""
    return bool(_plain(os.environ.get(VARIABLE, "")))


def rename(given: str) -> None:
    """Take another name, here and for the next visit. Raises CannotWrite: for this visit only."""
    kept.put("user", _plain(given))
    folder = files.home()
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    files.write_atomic(folder / _FILE, _plain(given).encode(), mode=0o600)


def _plain(raw: str) -> str:
    return " ".join("".join(c for c in raw if c.isprintable()).split())[:MOST]


def _written() -> str:
    path: Path = files.home() / _FILE
    try:
        return path.read_bytes()[: MOST * 4].decode(errors="ignore")
    except OSError:
        return ""


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
