"""Refuse what must not be in this repository: `python tools/hygiene.py [FILE...]`, else all files.

Names of package registries, paths of somebody's machine, private keys, and modules grown too long.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from statistics import median
from typing import Final

from tree import ROOT, tracked_text

LONGEST: Final = 450
MEDIAN: Final = 200
TEST_KEYS: Final = ROOT / "tests" / "pki"

REGISTRY: Final = re.compile(
    r"\b(?:pypi\.org|pythonhosted\.org|registry\.npmjs\.org|registry\.yarnpkg\.com"
    r"|(?:deb|security)\.debian\.org|crates\.io|proxy\.golang\.org|repo\d?\.maven\.org)\b",
    re.IGNORECASE,
)
MACHINE_PATH: Final = re.compile(
    r"(?<![\w.~/-])/(?:work|root|home/[\w.-]+|Users/[\w.-]+)(?![\w-])|\b[A-Z]:\\Users\\\w+"
)
PRIVATE_KEY: Final = re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----")


def complaints(path: Path, text: str) -> list[str]:
    """One sentence for each line that holds a registry's name, a machine's path or a key."""
    name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
    return [
        f"{name}:{number}: {complaint}"
        for number, line in enumerate(text.splitlines(), 1)
        for complaint in _line(line, keys_allowed=path.is_relative_to(TEST_KEYS))
    ]


def length_complaints(lengths: dict[str, int]) -> list[str]:
    """Modules over the limit, and a median over the limit; `lengths` is module → lines."""
    long = [
        f"{name}: {lines} lines; a module has at most {LONGEST}: split it"
        for name, lines in lengths.items()
        if lines > LONGEST
    ]
    middle = median(lengths.values()) if lengths else 0
    if middle > MEDIAN:
        long.append(f"the median module has {middle:g} lines; at most {MEDIAN} are meant")
    return long


def _line(line: str, *, keys_allowed: bool) -> list[str]:
    found = [f"names a package registry: {one}" for one in REGISTRY.findall(line)]
    found += [f"a path of one machine: {one}" for one in MACHINE_PATH.findall(line)]
    if not keys_allowed and PRIVATE_KEY.search(line):
        found.append("a private key")
    return found


def _is_module(path: Path) -> bool:
    return path.suffix == ".py" and path.is_relative_to(ROOT / "src")


def main(arguments: list[str]) -> int:
    """Exit code 0 when nothing is to be refused, else 1."""
    texts = tracked_text(arguments)
    lengths = {
        str(path.relative_to(ROOT)): len(text.splitlines())
        for path, text in texts
        if _is_module(path)
    }
    found = [sentence for path, text in texts for sentence in complaints(path, text)]
    found += length_complaints(lengths)
    print("\n".join(found) or f"hygiene: {len(texts)} files, {len(lengths)} modules, all well")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
