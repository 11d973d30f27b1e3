"""Refuse words that are not written in Taiwan: `python tools/terms.py [FILE...]`, else all files.

Characters that only simplified Chinese has are refused too (in GB 2312, not in Big5). The list in
`terms.txt` beside this script is the only one: `refused → wanted`, and after `!` the longer words
in which the letters are innocent. A line that must quote a refused word says `terms: ok`.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from tree import ROOT, tracked_text

LIST = Path(__file__).with_name("terms.txt")
EXCUSE = "terms: ok"
NAMES = "煊"  # stands in personal names here, though Big5 lacks it


@dataclass(frozen=True, slots=True)
class Term:
    """A refused word, what to write instead, and the longer words that merely contain it."""

    refused: str
    wanted: str
    innocent: tuple[str, ...]

    def positions(self, line: str) -> list[int]:
        """Columns (from 0) where the word stands on its own in the line."""
        masked = line
        for word in self.innocent:
            masked = masked.replace(word, "\0" * len(word))
        return [found.start() for found in re.finditer(re.escape(self.refused), masked)]


def read_terms(text: str) -> tuple[Term, ...]:
    """The terms of a list. Raises ValueError for a line that is not `refused → wanted`."""
    rows = (line.strip() for line in text.splitlines())
    return tuple(_term(row) for row in rows if row and not row.startswith("#"))


def complaints(name: str, text: str, terms: tuple[Term, ...]) -> list[str]:
    """One sentence for each refused word and each simplified character of a text."""
    lines = [row for row in enumerate(text.splitlines(), 1) if EXCUSE not in row[1]]
    return [
        f"{name}:{number}:{column + 1}: 「{term.refused}」請改用「{term.wanted}」"
        for number, line in lines
        for term in terms
        for column in term.positions(line)
    ] + [
        f"{name}:{number}:{column + 1}: 「{char}」是簡體字"
        for number, line in lines
        for column, char in enumerate(line)
        if is_simplified(char)
    ]


def is_simplified(char: str) -> bool:
    """Whether a Chinese character is written so in simplified Chinese only."""
    chinese = "\u4e00" <= char <= "\u9fff" and char not in NAMES
    return chinese and _has(char, "gb2312") and not _has(char, "big5")


def _has(char: str, encoding: str) -> bool:
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT) if path.is_relative_to(ROOT) else path)


def _term(row: str) -> Term:
    refused, arrow, rest = row.partition("→")
    wanted, _, innocent = rest.partition("!")
    if not (arrow and refused.strip() and wanted.strip()):
        message = f"{LIST.name}: not `refused → wanted`: {row}"
        raise ValueError(message)
    return Term(refused.strip(), wanted.strip(), tuple(innocent.split()))


def main(arguments: list[str]) -> int:
    """Exit code 0 when no file holds a refused word, else 1."""
    terms = read_terms(LIST.read_text(encoding="utf-8"))
    texts = tracked_text(arguments)
    found = [
        sentence
        for path, text in texts
        if path != LIST
        for sentence in complaints(_name(path), text, terms)
    ]
    print("\n".join(found) or f"terms: {len(texts)} files, {len(terms)} refused words, none found")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
