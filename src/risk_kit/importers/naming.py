"""Names of another tool → ids of ours: kept where they fit, changed as little as possible where not."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,63}")
_OPTION: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,63}")
_LONGEST: Final = 56
RESERVED: Final = frozenset(
    "all any not at_least criterion sum answered score pair unknown".split()  # noqa: SIM905
)


class Ids:
    """Gives each name an id of its own; the same name asked twice gets two."""

    def __init__(self, *, options: bool = False) -> None:
        self._form = _OPTION if options else _ID
        self._taken: set[str] = set()

    def give(self, name: object, prefix: str = "q") -> str:
        """A fresh id for `name`; `prefix` begins it when the name has no fit start."""
        written = str(name).lower() if isinstance(name, bool) else str(name)
        fits = self._form.fullmatch(written) and written not in RESERVED
        found = base = written if fits else self._fitting(written, prefix)
        number = 2
        while found in self._taken:
            found = f"{base[:_LONGEST]}_{number}"
            number += 1
        self._taken.add(found)
        return found

    def _fitting(self, written: str, prefix: str) -> str:
        plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode()
        slug = re.sub(r"[^A-Za-z0-9_.-]+", "_", plain).strip("_.-")[:_LONGEST]
        if not slug or not self._form.fullmatch(slug) or slug in RESERVED:
            slug = f"{prefix}_{slug}".rstrip("_")
        return slug
