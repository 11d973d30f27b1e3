"""Rows of text as strips: what all blocks on paper are put together from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from risk_kit.pdf_lines import Line, lines
from risk_kit.pdf_pages import INK, LEFT, ROOM, RULE, Draw, Pen, Strip

BODY: Final = 10.5
SMALL: Final = 9.0
_PAIR: Final = 120.0  # points: two rows up to this height stay together
_SHORT: Final = 12  # at most so many lines stay on one page as a whole


def leading(size: float) -> float:
    """The distance of baselines for a font size; Chinese wants air between its lines."""
    return size * 1.62


def table_row(
    cells: Sequence[str],
    widths: Sequence[float],
    *,
    bold: Sequence[bool] = (),
    size: float = 10,
    fill: str = "",
) -> list[Strip]:
    """A table row: one strip a line, ruled beneath."""
    weight = (*bold, *(False,) * len(cells))
    columns = [
        lines(cell, size, width - 12, bold=weight[n])
        for n, (cell, width) in enumerate(zip(cells, widths, strict=True))
    ]
    lefts = [6 + sum(widths[:n]) for n in range(len(widths))]
    count = max(map(len, columns), default=1)
    done = [
        cells_strip([(c[n], x) for c, x in zip(columns, lefts, strict=True) if n < len(c)], size)
        for n in range(count)
    ]
    return _padded(
        held(done), 3.5, fill, lambda pen, y: pen.path([(LEFT, y), (LEFT + ROOM, y)], RULE)
    )


def paired(rows: Sequence[list[Strip]]) -> list[Strip]:
    """The strips of rows; neither the first nor the last row stands alone, unless they are tall."""
    done = [list(row) for row in rows]
    for upper in {0, len(done) - 2}:
        if 0 <= upper < len(done) - 1:
            pair = (*done[upper], *done[upper + 1])
            if sum(strip.height for strip in pair) <= _PAIR:
                done[upper] = [replace(strip, keep=True) for strip in done[upper]]
    return [strip for row in done for strip in row]


def _padded(inner: Sequence[Strip], pad: float, fill: str, foot: Draw) -> list[Strip]:
    done = []
    for n, strip in enumerate(inner):
        above = pad if n == 0 else 0.0
        below = pad if n == len(inner) - 1 else 0.0
        done.append(_wrapped(strip, above, below, fill, foot if below else None))
    return done


def _wrapped(strip: Strip, above: float, below: float, fill: str, foot: Draw | None) -> Strip:
    height = above + strip.height + below

    def draw(pen: Pen, y: float) -> None:
        if fill:
            pen.box((LEFT, y, ROOM, height + (0 if below else 0.5)), fill=fill)
        strip.draw(pen, y + above)
        if foot:
            foot(pen, y + height)

    return Strip(height, draw, strip.keep)


def boxed(inner: Sequence[Strip], fill: str, bar: str, *, open_end: bool = False) -> list[Strip]:
    """A box around strips: a fill, a bar at the left, a hairline above and below."""

    def with_bar(strip: Strip, height: float) -> Draw:
        def draw(pen: Pen, y: float) -> None:
            strip.draw(pen, y)
            pen.box((LEFT, y, 4, height), fill=bar)

        return draw

    padded = _padded(inner, 7, fill, lambda _pen, _y: None)
    if open_end:
        last = padded[-1]
        padded[-1] = Strip(last.height - 5, last.draw, last.keep)
    return [Strip(s.height, with_bar(s, s.height), s.keep) for s in padded]


def held(inner: Sequence[Strip]) -> list[Strip]:
    """Short runs stay whole; of long ones the first two and the last two lines stay together."""
    count = len(inner)
    whole = count <= _SHORT
    return [
        Strip(s.height, s.draw, keep=n < count - 1 and (whole or n < 1 or n == count - 2))
        for n, s in enumerate(inner)
    ]


def text_strips(
    text: str, size: float, *, bold: bool = False, colour: str = INK, keep: bool = False
) -> list[Strip]:
    """Running text over the whole width; `keep` ties it to what follows."""
    found = [
        cells_strip([(line, 0.0)], size, ROOM, colour)
        for line in lines(text, size, ROOM, bold=bold)
    ]
    if keep:
        return [Strip(s.height, s.draw, keep=True) for s in found]
    last = len(found) - 1  # neither a first line alone at the foot, nor a last alone at the top
    return [
        Strip(s.height, s.draw, keep=n < last and n in (0, last - 1)) for n, s in enumerate(found)
    ]


def cells_strip(
    cells: Sequence[tuple[Line, float]],
    size: float,
    room: float = 0,
    colour: str = INK,
) -> Strip:
    """One strip of lines side by side, each at its distance from the left margin.

    Lines that go on are spread to `room` when that is more than nothing.
    """
    height = leading(size)
    base = height / 2 + size * 0.36

    def draw(pen: Pen, y: float) -> None:
        for line, x in cells:
            pen.text(line, (LEFT + x, y + base), size, colour, room)

    return Strip(height, draw)


def rule(colour: str, weight: float, *, keep: bool = False) -> Strip:
    """A horizontal line over the whole width."""
    return Strip(
        weight + 1,
        lambda pen, y: pen.path([(LEFT, y + 1), (LEFT + ROOM, y + 1)], colour, weight),
        keep,
    )


def both(first: Draw, second: Draw) -> Draw:
    """One drawing after the other."""

    def draw(pen: Pen, y: float) -> None:
        first(pen, y)
        second(pen, y)

    return draw
