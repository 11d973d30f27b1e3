"""The risk map as vectors: a cell an item, its level by word, by dots and by colour.

Full dots are levels that are sure, half dots those still possible. A cell that is open has a broken
border and a hatched foot; one where nothing was found is white, with a dash for dots.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from risk_kit.appearance import ink_on, level_colours
from risk_kit.document import MapCell, RiskMap
from risk_kit.pdf_lines import Line, lines, one_line
from risk_kit.pdf_pages import ACCENT, BOTTOM, GREY, INK, LEFT, ROOM, RULE, TOP, Pen, Strip, air
from risk_kit.pdf_rows import BODY, SMALL, text_strips
from risk_kit.pdf_spectrum import hatch

_COLUMNS: Final = 4
_GAP: Final = 6.0
_WIDTH: Final = (ROOM - (_COLUMNS - 1) * _GAP) / _COLUMNS
_PAD: Final = 5.0
_LINE: Final = 11.6
_FOOT: Final = 8.0  # the hatched foot of an open cell
_RADIUS: Final = 2.3
_DOT: Final = 6.6  # from dot to dot
_MOST: Final = 6  # lines of a title, and of the words beneath it
_SMALL: Final = 8.5
_WHOLE: Final = 0.5  # of a page: a map up to this height, and any group of it, is not cut


def risk_map(block: RiskMap) -> list[Strip]:
    """The caption, the key, and for each group its name over rows of cells."""
    caption = text_strips(block.caption, BODY, keep=True)
    done = [*caption, air(3, keep=True), *_key(block)]
    for name, cells in block.groups:
        done += _whole([air(6), *_group(block, name, cells)])
        done.append(air(0))
    return [*_whole(done), air(9)]


def _group(block: RiskMap, name: str, cells: tuple[MapCell, ...]) -> list[Strip]:
    rows = [_Row(block, cells[at : at + _COLUMNS]) for at in range(0, len(cells), _COLUMNS)]
    above = text_strips(name, 10, bold=True, colour=ACCENT, keep=True)
    return [*above, air(2, keep=True), *(Strip(row.height + _GAP, row.draw) for row in rows)]


def _whole(inner: list[Strip]) -> list[Strip]:
    if sum(strip.height for strip in inner) > (BOTTOM - TOP) * _WHOLE:
        return inner
    return [replace(strip, keep=True) for strip in inner]


@dataclass(frozen=True, slots=True)
class _Look:
    """How one cell is painted."""

    fill: str
    ink: str
    edge: str
    weight: float
    open: bool


def _look(cell: MapCell, colours: tuple[str, ...]) -> _Look:
    if cell.high is None:
        return _Look("", GREY, RULE, 0.6, open=False)
    if cell.low != cell.high:
        return _Look("", INK, INK, 1.0, open=True)
    colour = colours[cell.high]
    return _Look(colour, ink_on(colour), INK, 1.0, open=False)


class _Row:
    """Cells side by side, all as high as the highest."""

    def __init__(self, block: RiskMap, cells: tuple[MapCell, ...]) -> None:
        self.cells, self.levels = cells, len(block.levels)
        self.colours = level_colours(self.levels)
        room = _WIDTH - 2 * _PAD
        self.titles = [_few(cell.title, room) for cell in cells]
        self.words = [_few(cell.told, room, bold=True) for cell in cells]
        texts = zip(self.titles, self.words, strict=True)
        most = max((len(title) + len(word) for title, word in texts), default=1)
        foot = _FOOT if any(_look(cell, self.colours).open for cell in cells) else 0.0
        self.height = 2 * _PAD + _LINE * (most + 1) + 5 + foot

    def draw(self, pen: Pen, y: float) -> None:
        for n, cell in enumerate(self.cells):
            self._cell(pen, n, _look(cell, self.colours), (LEFT + n * (_WIDTH + _GAP), y))

    def _cell(self, pen: Pen, n: int, look: _Look, at: tuple[float, float]) -> None:
        (x, y), cell = at, self.cells[n]
        with pen.described(cell.told):
            place = (x, y, _WIDTH, self.height)
            pen.box(place, fill=look.fill, edge=look.edge, weight=look.weight, broken=look.open)
            if look.open:
                hatch(pen, (x + 1, y + self.height - _FOOT, _WIDTH - 2, _FOOT - 1), INK)
            _dots(pen, cell, self.levels, (x + _WIDTH - _PAD, y + _PAD + 5), look.ink)
        base = y + _PAD + _LINE * 0.74
        pen.text(one_line(cell.code, SMALL, bold=True), (x + _PAD, base), SMALL, look.ink)
        for line in self.titles[n]:
            base += _LINE
            pen.text(line, (x + _PAD, base), _SMALL, look.ink)
        base += 3
        for line in self.words[n]:
            base += _LINE
            pen.text(line, (x + _PAD, base), _SMALL, look.ink)


def _few(text: str, room: float, *, bold: bool = False) -> list[Line]:
    found = lines(text, _SMALL, room, bold=bold) if text else []
    if len(found) <= _MOST:
        return found
    cut = one_line(found[_MOST - 1].text[:-1] + "…", _SMALL, bold=bold)
    return [*found[: _MOST - 1], cut]


def _dots(pen: Pen, cell: MapCell, levels: int, at: tuple[float, float], ink: str) -> None:
    """The dots, right-aligned at a point."""
    right, y = at
    if cell.high is None:
        pen.path([(right - 8, y), (right, y)], ink, 1.0)
        return
    sure = -1 if cell.low is None else cell.low
    for n in range(levels):
        x = right - _RADIUS - (levels - 1 - n) * _DOT
        fill = "full" if n <= sure else "half" if n <= cell.high else "none"
        pen.disc(x, y, _RADIUS, ink, fill)


def _key(block: RiskMap) -> list[Strip]:
    """What the dots and the broken border mean, as many a line as there is room for."""
    signs = [
        (word, _Look(colour, ink_on(colour), INK, 0.6, open=False), n)
        for n, (word, colour) in enumerate(
            zip(block.levels, level_colours(len(block.levels)), strict=True)
        )
    ]
    signs.append((block.open_word, _Look("", INK, INK, 0.8, open=True), len(block.levels) - 1))
    box = _DOT * len(block.levels) + 6
    places: list[list[tuple[float, Line, _Look, int]]] = [[]]
    x = 0.0
    for word, look, level in signs:
        line = one_line(word, _SMALL, room=ROOM - box - 8)
        wide = box + 5 + line.width + 14
        if x and x + wide > ROOM + 14:
            places.append([])
            x = 0.0
        places[-1].append((x, line, look, level))
        x += wide
    return [_key_line(row, box, len(block.levels)) for row in places]


def _key_line(row: list[tuple[float, Line, _Look, int]], box: float, levels: int) -> Strip:
    def draw(pen: Pen, y: float) -> None:
        for x, line, look, level in row:
            place = (LEFT + x, y + 1.5, box, 11.0)
            pen.box(place, fill=look.fill, edge=look.edge, weight=look.weight, broken=look.open)
            cell = MapCell("", "", "", None if look.open else level, level)
            _dots(pen, cell, levels, (LEFT + x + box - 3.5, y + 7), look.ink)
            pen.text(line, (LEFT + x + box + 5, y + 10), _SMALL, INK)

    return Strip(15.5, draw, keep=True)
