"""The spectrum as vectors: a block a level with its word, and a bracket over the range."""

from __future__ import annotations

from typing import Final

from risk_kit.appearance import ink_on, level_colours
from risk_kit.document import Spectrum
from risk_kit.pdf_lines import Line, lines
from risk_kit.pdf_pages import GREY, INK, LEFT, ROOM, RULE, Pen, Strip

_SIZE: Final = 11.0
_LINE: Final = 15.0
_BRACKET: Final = 14.0  # room above the blocks
_FOOT: Final = 9.0  # the coloured or hatched foot of a block


def spectrum(block: Spectrum) -> Strip:
    """One strip with the whole drawing.

    Blocks in the range are filled, outlined and bracketed; while the range is open their feet
    are hatched. The others are white with a coloured foot.
    """
    width = ROOM / max(len(block.levels), 1)
    words = [lines(word, _SIZE, width - 12, bold=True) for word in block.levels]
    tall = max(map(len, words), default=1) * _LINE + 14 + _FOOT
    open_range = block.low != block.high

    def draw(pen: Pen, y: float) -> None:
        with pen.described(block.caption):
            everything(pen, y + _BRACKET)

    def everything(pen: Pen, top: float) -> None:
        for n, (found, colour) in enumerate(zip(words, level_colours(len(words)), strict=True)):
            x = LEFT + n * width
            inside = _inside(block, n)
            pen.box((x, top, width, tall), fill=colour if inside else "#ffffff", edge=RULE)
            _words(
                pen, found, (x, top + (tall - _FOOT) / 2, width), ink_on(colour) if inside else GREY
            )
            if not inside:
                pen.box((x + 0.4, top + tall - 4, width - 0.8, 3.6), fill=colour)
            elif open_range:
                hatch(pen, (x, top + tall - _FOOT, width, _FOOT), ink_on(colour))
        if block.low is not None and block.high is not None:
            left, right = LEFT + block.low * width, LEFT + (block.high + 1) * width
            _bracket(pen, left, right, top, 2 if block.at is None else block.at)
            pen.box((left, top, right - left, tall), edge=INK, weight=2)

    return Strip(_BRACKET + tall + 6, draw, keep=True)


def _inside(block: Spectrum, level: int) -> bool:
    return block.low is not None and block.high is not None and block.low <= level <= block.high


def _words(pen: Pen, found: list[Line], place: tuple[float, float, float], colour: str) -> None:
    x, middle, width = place
    top = middle - len(found) * _LINE / 2
    for n, line in enumerate(found):
        left = x + (width - line.width) / 2
        pen.text(line, (left, top + n * _LINE + _LINE * 0.78), _SIZE, colour)


def hatch(pen: Pen, place: tuple[float, float, float, float], colour: str) -> None:
    """Slanted strokes in a rectangle (left, upper edge, width, height)."""
    x, y, width, height = place
    step = 6.0
    for n in range(int((width - height) / step) + 1):
        left = x + 1 + n * step
        pen.path([(left, y + height - 1), (left + height - 2, y + 1)], colour, 0.8)


def _bracket(pen: Pen, left: float, right: float, top: float, at: int) -> None:
    """The range, with a pointer in the middle or in the fifth `at` of a decided level."""
    y = top - 7
    pen.path([(left + 1, top - 2), (left + 1, y), (right - 1, y), (right - 1, top - 2)], INK, 1.6)
    middle = left + (right - left) * (2 * at + 1) / 10
    pen.shape([(middle - 4, y - 5), (middle + 4, y - 5), (middle, y)], INK)
