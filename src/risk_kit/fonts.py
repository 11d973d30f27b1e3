"""Which font sets which character. Fonts: the shipped Noto Sans TC, then those of the system.

Curly quotes are a full square in a Chinese font. Beside a Latin letter they are set with the
narrow forms that the same font has for them.

Fallbacks are the 全字庫 fonts (TW-Sung, TW-Kai) in the usual font folders and every TrueType font
in the folders that RISK_KIT_FONTS names. Text is expected to be clean (`appearance.clean`).
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import as_file, files
from itertools import groupby
from pathlib import Path

from fontTools.ttLib import TTFont as FontTables
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument
from reportlab.pdfbase.ttfonts import SUBSETN, TTFError, TTFont

from risk_kit.errors import BadInput, Problem

REGULAR = "RiskKit-Regular"
BOLD = "RiskKit-Bold"
_SHIPPED = {REGULAR: "NotoSansTC-Regular.ttf", BOLD: "NotoSansTC-Bold.ttf"}
_FOLDERS = (
    "~/.local/share/fonts",
    "~/.fonts",
    "~/Library/Fonts",
    "/usr/local/share/fonts",
    "/usr/share/fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)
_MAX_FILES = 200  # of one folder named by RISK_KIT_FONTS
_CURLY = "\u2018\u2019\u201c\u201d"
_NARROW = re.compile(f"[{_CURLY}](?=[!-~])|(?<=[!-~])[{_CURLY}]")
_BLOCK = 100  # a CMap operator takes at most this many lines

# Some system fonts have short name tables; reading them says so on every start.
logging.getLogger("fontTools").setLevel(logging.ERROR)


class TrueFont(TTFont):  # type: ignore[misc, unused-ignore]
    """A TrueType font whose ToUnicode maps are right above the BMP too."""

    def addObjects(self, doc: PDFDocument) -> None:  # noqa: N802 - ReportLab's name
        """Add the font's subsets to the document, then put right what they map back to."""
        subsets = self._assignState(doc).subsets
        super().addObjects(doc)
        for number, subset in enumerate(subsets):
            name = b"".join((SUBSETN(number), b"+", self.face.name, self.face.subfontNameX))
            stream = doc.idToObject["toUnicodeCMap:" + name.decode("pdfdoc")]
            stream.content = to_unicode(subset)


def to_unicode(subset: Iterable[int]) -> str:
    """The ToUnicode CMap of a font subset: one-byte code → UTF-16BE, pairs above the BMP."""
    lines = [
        f"<{code:02X}> <{chr(point).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    blocks = [lines[at : at + _BLOCK] for at in range(0, len(lines), _BLOCK)]
    body = [line for b in blocks for line in (f"{len(b)} beginbfchar", *b, "endbfchar")]
    return "\n".join(
        (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange\n<00> <FF>\nendcodespacerange",
            *body,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        )
    )


def runs(text: str, *, bold: bool = False) -> tuple[tuple[str, str], ...]:
    """`text` cut into (font name, piece) where the font changes.

    Raises BadInput `no_glyph` for characters that no font has; `check` finds all of them first.
    """
    own = BOLD if bold else REGULAR
    spots = {found.start() for found in _NARROW.finditer(text)}
    if not spots and shipped(own).face.charToGlyph.keys() >= set(map(ord, text)):
        return ((own, text),) if text else ()
    named = _named_folders()

    def font(place: tuple[int, str]) -> str:
        at, char = place
        return narrow(own) if at in spots else _font_of(char, own, named) or _missing(char, text)

    placed = groupby(enumerate(text), font)
    return tuple((name, "".join(char for _, char in piece)) for name, piece in placed)


def check(texts: Iterable[str]) -> None:
    """Raise BadInput with one `no_glyph` problem for each character of `texts` without a font."""
    have = shipped(REGULAR).face.charToGlyph.keys() | {ord("\n")}
    seen: dict[str, str] = {}
    for text in texts:
        for point in sorted(set(map(ord, text)) - have):
            seen.setdefault(chr(point), text)
    named = _named_folders() if seen else ()
    problems = [_problem(c, text) for c, text in seen.items() if not _font_of(c, REGULAR, named)]
    if problems:
        raise BadInput(*problems)


def widths(font: str) -> dict[int, float]:
    """Advance widths of a font by code point, in thousandths of the font size."""
    table: dict[int, float] = pdfmetrics.getFont(font).face.charWidths
    return table


def coded(font: str, text: str, document: PDFDocument) -> Iterator[tuple[str, bytes]]:
    """`text` as a page of `document` says it: (name of a subset of the font, one byte a character).

    The subsets grow by the characters that are asked for, and are written with the document.
    """
    face = pdfmetrics.getFont(font)
    for subset, raw in face.splitString(text, document):
        yield str(face.getSubsetInternalName(subset, document)), bytes(raw)


@lru_cache(maxsize=2)
def shipped(name: str) -> TTFont:
    """One of the two shipped fonts, read once a process."""
    with as_file(files("risk_kit") / "data" / "fonts" / _SHIPPED[name]) as path:
        font = TrueFont(name, str(path), asciiReadable=False, shapable=False)
    pdfmetrics.registerFont(font)
    return font


@lru_cache(maxsize=2)
def narrow(own: str) -> str:
    """The name of a second cut of a shipped font, with the narrow forms of the curly quotes."""
    with as_file(files("risk_kit") / "data" / "fonts" / _SHIPPED[own]) as path:
        font = TrueFont(f"{own}-Narrow", str(path), asciiReadable=False, shapable=False)
        with FontTables(path, lazy=True) as tables:
            names, forms = tables.getBestCmap(), _feature(tables, "pwid")
            for code in map(ord, _CURLY):
                glyph = tables.getGlyphID(forms[names[code]])
                font.face.charToGlyph[code] = glyph
                font.face.charWidths[code] = tables["hmtx"][forms[names[code]]][0]
    font.face.name += b"-Narrow"  # two fonts of one name would share their maps
    pdfmetrics.registerFont(font)
    return str(font.fontName)


def _feature(tables: FontTables, tag: str) -> dict[str, str]:
    """Glyph → glyph, as a feature of single substitutions has it."""
    table = tables["GSUB"].table
    found = (r.Feature for r in table.FeatureList.FeatureRecord if r.FeatureTag == tag)
    parts = (
        part
        for feature in found
        for number in feature.LookupListIndex
        for part in table.LookupList.Lookup[number].SubTable
    )
    return {k: v for part in parts for k, v in getattr(part, "ExtSubTable", part).mapping.items()}


def _named_folders() -> tuple[str, ...]:
    return tuple(filter(None, os.environ.get("RISK_KIT_FONTS", "").split(os.pathsep)))


@lru_cache(maxsize=4096)
def _font_of(char: str, own: str, named: tuple[str, ...]) -> str | None:
    if ord(char) in shipped(own).face.charToGlyph:
        return own
    able = (file for file in _fallbacks(named) if ord(char) in _characters(file))
    return next(filter(None, map(_load, able)), None)


@lru_cache(maxsize=8)
def _fallbacks(named: tuple[str, ...]) -> tuple[Path, ...]:
    own = (file for folder in named for file in sorted(Path(folder).glob("*.ttf"))[:_MAX_FILES])
    usual = (
        file
        for folder in _FOLDERS
        for pattern in ("TW-Sung*.ttf", "TW-Kai*.ttf")
        for file in sorted(Path(folder).expanduser().rglob(pattern))
    )
    first: dict[str, Path] = {Path(name).stem: Path(name) for name in _SHIPPED.values()}
    for file in (*own, *usual):
        first.setdefault(file.stem, file)
    return tuple(first.values())[len(_SHIPPED) :]


@lru_cache(maxsize=_MAX_FILES)
def _characters(file: Path) -> frozenset[int]:
    try:
        with FontTables(file, lazy=True) as tables:
            return frozenset(tables.getBestCmap() or ()) if "glyf" in tables else frozenset()
    except Exception:  # noqa: BLE001 - a broken font of the system is no font, whatever is wrong
        return frozenset()


@lru_cache(maxsize=_MAX_FILES)
def _load(file: Path) -> str | None:
    try:
        font = TrueFont(f"RiskKit-{file.stem}", str(file), asciiReadable=False, shapable=False)
    except (TTFError, OSError):
        return None
    font.face.name = re.sub("[^A-Za-z0-9-]", lambda c: f"x{ord(c[0]):X}", file.stem).encode()
    pdfmetrics.registerFont(font)
    return str(font.fontName)


def _problem(char: str, text: str) -> Problem:
    at = text.index(char)
    near = text[max(at - 8, 0) : at + 9].replace("\n", " ")
    return Problem("no_glyph", {"char": char, "code_point": f"U+{ord(char):04X}", "near": near})


def _missing(char: str, text: str) -> str:
    raise BadInput(_problem(char, text))
