"""The pieces that a text document is put together from: paragraphs, cells, tables, their styles.

They are plain elements whose names hold their prefixes; `document_content` declares these.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeAlias
from xml.etree.ElementTree import Element, tostring

ROOM: Final = 16.9  # the width of the text on the page, in centimetres
Look: TypeAlias = tuple[tuple[str, str], ...]  # attributes of a style's properties, in order

HEAD: Final[Look] = (("fo:background-color", "#e6ebf0"),)
_LINE: Final = "0.6pt solid #c5ccd3"
_RULED: Final[Look] = (("fo:padding", "3pt"), ("fo:border-bottom", _LINE))
_WHOLE: Final = 400  # characters: a row up to this length is not cut between pages
_OASIS: Final = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES: Final = {
    "office": f"{_OASIS}:office:1.0",
    "style": f"{_OASIS}:style:1.0",
    "text": f"{_OASIS}:text:1.0",
    "table": f"{_OASIS}:table:1.0",
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "svg": f"{_OASIS}:svg-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
}
_LEVELS: Final = 10  # of an outline
_KEPT: Final = re.compile("\n|^ +|(?<=\n) +| +(?=\n)| +$|(?<= ) +")


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: Element) -> Element:
    """An element named with its prefix, with its attributes and children in the order given."""
    made = Element(tag, dict(attributes or {}))
    made.extend(children)
    return made


def document_content(styles: Iterable[Element], body: Iterable[Element], version: str) -> bytes:
    """The content part of a package, as XML in UTF-8."""
    spaces = {f"xmlns:{prefix}": name for prefix, name in _SPACES.items()}
    root = element(
        "office:document-content",
        {**spaces, "office:version": version},
        element("office:automatic-styles", None, *styles),
        element("office:body", None, element("office:text", None, *body)),
    )
    made: bytes = tostring(root, encoding="UTF-8", xml_declaration=True)
    return made


def paragraph(text: str, style: str) -> Element:
    """A paragraph; newlines are line breaks, and every space stays."""
    return _worded("text:p", {"text:style-name": style}, text)


def heading(text: str, level: int, style: str) -> Element:
    """A heading of the outline, level 1 to 10."""
    level = min(max(level, 1), _LEVELS)
    attributes = {"text:style-name": style, "text:outline-level": str(level)}
    return _worded("text:h", attributes, text)


def _worded(tag: str, attributes: Mapping[str, str], text: str) -> Element:
    """Readers drop spaces at the ends of a line and all but one within: those become elements."""
    made = element(tag, attributes)
    at = 0
    for found in _KEPT.finditer(text):
        _add_text(made, text[at : found.start()])
        if found[0] == "\n":
            made.append(element("text:line-break"))
        else:
            made.append(element("text:s", {"text:c": str(len(found[0]))}))
        at = found.end()
    _add_text(made, text[at:])
    return made


def _add_text(made: Element, text: str) -> None:
    if len(made):
        made[-1].tail = text
    else:
        made.text = text


@dataclass(slots=True)
class Styles:
    """The styles that blocks ask for, each made once and named in the order of asking."""

    made: dict[tuple[object, ...], Element] = field(default_factory=dict)
    tables: int = 0

    def elements(self) -> Iterable[Element]:
        """All of them, for office:automatic-styles."""
        return self.made.values()

    def named(self, family: str, *parts: tuple[str, Look], parent: str = "") -> str:
        """The name of a style with these property elements: (tag, attributes)."""
        key = (family, parts, parent)
        if key not in self.made:
            attributes = {"style:name": f"A{len(self.made) + 1}", "style:family": family}
            if parent:
                attributes["style:parent-style-name"] = parent
            children = (element(tag, dict(look)) for tag, look in parts)
            self.made[key] = element("style:style", attributes, *children)
        return self.made[key].attrib["style:name"]

    def cell(self, look: Look) -> str:
        """A table cell's style."""
        return self.named("table-cell", ("style:table-cell-properties", look))

    def inked(self, parent: str, colour: str) -> str:
        """A paragraph style in another colour."""
        return self.named(
            "paragraph", ("style:text-properties", (("fo:color", colour),)), parent=parent
        )

    def placed(self, parent: str, *, kept: bool, turned: bool) -> str:
        """A paragraph style that stays with what follows, or begins a page, or both."""
        look = (("fo:keep-with-next", "always"),) * kept + (("fo:break-before", "page"),) * turned
        if not look:
            return parent
        return self.named("paragraph", ("style:paragraph-properties", look), parent=parent)


@dataclass(frozen=True, slots=True)
class Cell:
    """What a table cell shows: text, the style of its paragraph, the look of the cell."""

    text: str
    style: str = "Cell"
    look: Look = _RULED


def head(text: str) -> Cell:
    """A cell of a head row."""
    return Cell(text, "Cell_20_head", _RULED + HEAD)


def label(text: str) -> Cell:
    """The first cell of a row that is named by it."""
    return Cell(text, "Cell_20_head")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: relative widths, head rows that repeat, rows, and its description."""

    widths: Sequence[int]
    rows: Sequence[Sequence[Cell]]
    heads: Sequence[Sequence[Cell]] = ()
    about: str = ""
    height: str = ""
    """The least height of each row that is no head row."""


def table(styles: Styles, grid: Grid) -> Element:
    """The table as wide as the text."""
    styles.tables += 1
    number = styles.tables
    look = (("style:width", f"{ROOM}cm"), ("table:align", "margins"), ("fo:margin-bottom", "8pt"))
    style = styles.named("table", ("style:table-properties", look))
    made = element("table:table", {"table:name": f"T{number}", "table:style-name": style})
    if grid.about:
        about = element("table:desc")
        about.text = grid.about
        made.append(about)
    total = sum(grid.widths) or 1
    for width in grid.widths:
        wide = (("style:column-width", f"{ROOM * width / total:.3f}cm"),)
        column = styles.named("table-column", ("style:table-column-properties", wide))
        made.append(element("table:table-column", {"table:style-name": column}))
    if grid.heads:
        above = [_row(styles, row, "") for row in grid.heads]
        made.append(element("table:table-header-rows", None, *above))
    for row in grid.rows:
        made.append(_row(styles, row, grid.height))
    return made


def _row(styles: Styles, row: Sequence[Cell], height: str) -> Element:
    whole = sum(len(cell.text) for cell in row) <= _WHOLE
    look: Look = (("fo:keep-together", "always" if whole else "auto"),)
    if height:
        look = (("style:min-row-height", height), *look)
    style = styles.named("table-row", ("style:table-row-properties", look))
    cells = (
        element(
            "table:table-cell",
            {"table:style-name": styles.cell(cell.look), "office:value-type": "string"},
            paragraph(cell.text, cell.style),
        )
        for cell in row
    )
    return element("table:table-row", {"table:style-name": style}, *cells)
