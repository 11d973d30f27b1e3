"""How each block of a report looks in a text document: block → elements."""

from __future__ import annotations

from functools import singledispatchmethod
from typing import Final
from xml.etree.ElementTree import Element

from risk_kit.appearance import WORDS, ink_on, level_colours, level_dots
from risk_kit.document import (
    Block,
    Bullets,
    Facts,
    Heading,
    Language,
    MapCell,
    PageBreak,
    Paragraph,
    Picture,
    Reason,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.odf_parts import (
    Cell,
    Grid,
    Look,
    Styles,
    element,
    head,
    heading,
    label,
    paragraph,
    table,
)

_TONES: Final = {"body": "Body", "lead": "Lead", "small": "Small", "notice": "Notice"}
_STATES: Final = {"holds": "●", "undecided": "◐", "does_not_hold": "○"}
_LEADS_IN: Final = (Table, Facts, RiskMap, Bullets, Signatures)
_EDGE: Final = "0.6pt solid #c5ccd3"
_BOLD: Final = "2pt solid #1f2428"
_CARD: Final = 4  # the outline level of a reason


class Writing:
    """Turns blocks into elements, one after the other; it knows what follows each."""

    def __init__(self, styles: Styles, language: Language) -> None:
        self.styles, self.words = styles, WORDS[language]
        self.pictures: dict[str, bytes] = {}
        self._turn = False
        self._next: Block | None = None

    def add(self, block: Block, following: Block | None) -> list[Element]:
        """The elements of one block. A page break is part of what comes after it."""
        if isinstance(block, PageBreak):
            self._turn = True
            return []
        self._next = following
        done = self._elements(block)
        if self._turn and not isinstance(block, Heading | Paragraph):
            done.insert(0, paragraph("", self._placed("Small")))
        self._turn = False
        return done

    def _placed(self, style: str, *, kept: bool = False) -> str:
        return self.styles.placed(style, kept=kept, turned=self._turn)

    @singledispatchmethod
    def _elements(self, block: object) -> list[Element]:
        raise TypeError(type(block).__name__)

    @_elements.register
    def _(self, block: Heading) -> list[Element]:
        level = min(max(block.level, 1), 3)
        return [heading(block.text, level, self._placed(f"Heading_20_{level}"))]

    @_elements.register
    def _(self, block: Paragraph) -> list[Element]:
        style = self._placed(_TONES[block.tone], kept=isinstance(self._next, _LEADS_IN))
        return [paragraph(block.text, style)]

    @_elements.register
    def _(self, block: Facts) -> list[Element]:
        rows = [(label(name), Cell(value)) for name, value in block.rows]
        return [table(self.styles, Grid((3, 7), rows))] if rows else []

    @_elements.register
    def _(self, block: Bullets) -> list[Element]:
        items = (
            element("text:list-item", None, paragraph(text, "Standard")) for text in block.items
        )
        return [element("text:list", {"text:style-name": "Bullets"}, *items)]

    @_elements.register
    def _(self, block: Table) -> list[Element]:
        rows = [[Cell(text) for text in row] for row in block.rows]
        return [table(self.styles, Grid(block.widths, rows, [[*map(head, block.columns)]]))]

    @_elements.register
    def _(self, block: Spectrum) -> list[Element]:
        cells = [self._step(block, n) for n in range(len(block.levels))]
        grid = Grid((1,) * len(cells), [cells], about=block.caption, height="1.3cm")
        caption = paragraph(block.caption, "Small")
        return [table(self.styles, grid), caption] if cells else [caption]

    def _step(self, block: Spectrum, n: int) -> Cell:
        low, high = block.low, block.high
        colour = level_colours(len(block.levels))[n]
        if low is None or high is None or not low <= n <= high:
            look: Look = (("fo:padding", "4pt"), ("fo:border", _EDGE), *_foot(colour))
            return Cell(f"{block.levels[n]}\n○", self.styles.inked("Level", "#565f69"), look)
        sign = "●" if low == high else "◐"
        look = (("fo:background-color", colour), ("fo:padding", "4pt"), ("fo:border", _BOLD))
        return Cell(f"{block.levels[n]}\n{sign}", self.styles.inked("Level", ink_on(colour)), look)

    @_elements.register
    def _(self, block: RiskMap) -> list[Element]:
        done = [paragraph(block.caption, self.styles.placed("Body", kept=True, turned=False))]
        for name, cells in block.groups:
            heads = [[head(name), head(""), head(self.words["found"])]]
            rows = [self._found(block, cell) for cell in cells]
            done.append(table(self.styles, Grid((9, 2, 6), rows, heads)))
        return done

    def _found(self, block: RiskMap, cell: MapCell) -> list[Cell]:
        count = len(block.levels)
        title = Cell(f"{cell.code} {cell.title}".strip())
        dots = Cell(level_dots(cell.low, cell.high, count))
        if cell.high is None or cell.low != cell.high:
            return [title, dots, Cell(cell.told)]
        colour = level_colours(count)[cell.high]
        style = self.styles.inked("Cell_20_head", ink_on(colour))
        told = Cell(cell.told, style, (*title.look, ("fo:background-color", colour)))
        return [title, dots, told]

    @_elements.register
    def _(self, block: Reason) -> list[Element]:
        title = f"{block.title}　{_STATES[block.state]} {block.state_label}"
        done = [heading(title, _CARD, "Heading_20_4"), paragraph(block.because, "Body")]
        if block.answers:
            rows = [(Cell(question), label(answer)) for question, answer in block.answers]
            heads = [[head(self.words["answers"]), head("")]]
            done.append(table(self.styles, Grid((6, 4), rows, heads)))
        if block.sources:
            done.append(paragraph(self.words["sources"], "Words"))
        done += [paragraph(source, "Source") for source in block.sources]
        return done

    @_elements.register
    def _(self, block: Picture) -> list[Element]:
        name = f"Pictures/{len(self.pictures) + 1}.png"
        self.pictures[name] = block.data
        about = element("svg:desc")
        about.text = block.alt
        link = {"xlink:href": name, "xlink:type": "simple", "xlink:show": "embed"}
        size = {"svg:width": f"{block.width}pt", "svg:height": f"{block.height}pt"}
        place = {"draw:name": f"P{len(self.pictures)}", "text:anchor-type": "as-char"}
        frame = element("draw:frame", place | size, element("draw:image", link), about)
        holder = paragraph("", "Body")
        holder.append(frame)
        return [holder]

    @_elements.register
    def _(self, block: Signatures) -> list[Element]:
        edge: Look = (("fo:padding", "4pt"), ("fo:border", "0.8pt solid #565f69"))
        done = []
        for at in range(0, len(block.fields), 3):
            names = [name for _, name in block.fields[at : at + 3]]
            heads = [[Cell(name, "Cell_20_head", edge) for name in names]]
            boxes = [[Cell("", "Cell", edge) for _ in names]]
            grid = Grid((1,) * len(names), boxes, heads, height="2.2cm")
            done.append(table(self.styles, grid))
        return [*done, paragraph(block.hint, "Small")]


def _foot(colour: str) -> Look:
    return (("fo:border-bottom", f"3pt solid {colour}"),)
