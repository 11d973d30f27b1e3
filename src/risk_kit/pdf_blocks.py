"""How each block of a report looks on paper: block → strips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import singledispatch
from itertools import chain, pairwise
from typing import Final

from risk_kit.document import (
    Block,
    Bullets,
    Facts,
    Heading,
    Language,
    PageBreak,
    Paragraph,
    Picture,
    Reason,
    Report,
    RiskMap,
    Signatures,
    Spectrum,
    Table,
)
from risk_kit.pdf_cards import card
from risk_kit.pdf_lines import lines, may_break, one_line
from risk_kit.pdf_map import risk_map
from risk_kit.pdf_pages import (
    ACCENT,
    GREY,
    LEFT,
    PALE,
    ROOM,
    RULE,
    Kind,
    Pen,
    Strip,
    air,
)
from risk_kit.pdf_rows import (
    BODY,
    SMALL,
    boxed,
    cells_strip,
    held,
    paired,
    rule,
    table_row,
    text_strips,
)
from risk_kit.pdf_spectrum import spectrum

_LEAD: Final = 150.0  # points: paragraphs up to this height stay with the table after them
_WORD: Final = 200  # characters: no digest is longer
_SIZES: Final = {1: 15.0, 2: 12.5, 3: 11.0}


def flow(report: Report) -> list[Strip]:
    """The whole report: its title and subject, then its blocks in order.

    What leads into a table or a drawing (paragraphs, after their heading) stays with it.
    """
    parts = [strips(block, report.language) for block in report.blocks]
    leads = False
    for n in range(len(parts) - 1, -1, -1):
        block = report.blocks[n]
        leads = leads and isinstance(block, Paragraph)
        if leads and sum(strip.height for strip in parts[n]) <= _LEAD:
            parts[n] = [replace(strip, keep=True) for strip in parts[n]]
        leads = leads or isinstance(block, Table | Facts | RiskMap | Spectrum | Signatures)
    return [*title_block(report.title, report.subject), *chain.from_iterable(parts)]


def strips(block: Block, language: Language) -> list[Strip]:
    """The strips of any block, the air after it included."""
    if isinstance(block, Reason):
        return card(block, language)
    return _strips(block)


def title_block(title: str, subject: str) -> list[Strip]:
    """The title and subject above everything else on the first page."""
    done = text_strips(title, 21, bold=True, colour=ACCENT, keep=True)
    if subject:
        done += [air(3, keep=True), *text_strips(subject, BODY, colour=GREY, keep=True)]
    return [*done, rule(ACCENT, 1.2), air(14)]


@singledispatch
def _strips(block: object) -> list[Strip]:
    raise TypeError(type(block).__name__)


@_strips.register
def _(block: PageBreak) -> list[Strip]:
    del block
    return [Strip(0, kind=Kind.BREAK)]


@_strips.register
def _(block: Heading) -> list[Strip]:
    size = _SIZES.get(block.level, 11.0)
    done = text_strips(block.text, size, bold=True, colour=ACCENT, keep=True)
    first = done[0]

    def draw(pen: Pen, y: float) -> None:
        pen.heading(" ".join(block.text.split("\n")), block.level, y)
        first.draw(pen, y)

    above = {1: 12.0, 2: 8.0}.get(block.level, 4.0)
    return [air(above), Strip(first.height, draw, keep=True), *done[1:], air(4, keep=True)]


@_strips.register
def _(block: Paragraph) -> list[Strip]:
    if block.tone == "notice":
        inner = [
            cells_strip([(line, 14)], 10, ROOM - 28) for line in lines(block.text, 10, ROOM - 28)
        ]
        return [*boxed(held(inner), PALE, ACCENT), air(9)]
    if block.tone == "lead":
        return [*text_strips(block.text, 13, bold=True), air(8)]
    if block.tone == "small":
        return [*text_strips(block.text, SMALL, colour=GREY), air(5)]
    return [*text_strips(block.text, BODY), air(7)]


@_strips.register
def _(block: Bullets) -> list[Strip]:
    done: list[Strip] = []
    dot = one_line("•", BODY)
    for item in block.items:
        found = lines(item, BODY, ROOM - 16)
        first = cells_strip([(dot, 4.0), (found[0], 16.0)], BODY, ROOM - 16)
        rest = [cells_strip([(line, 16.0)], BODY, ROOM - 16) for line in found[1:]]
        done += [*held([first, *rest]), air(2)]
    return [*done, air(5)]


@_strips.register
def _(block: Facts) -> list[Strip]:
    labels = [one_line(label, 10, bold=True).width for label, _ in block.rows]
    first = min(max([60.0, *labels]) + 14, ROOM * 0.36)
    widths = (first, ROOM - first)
    size = _fitting([value for _, value in block.rows], widths[1] - 12)
    rows = [table_row(row, widths, bold=(True, False), size=size) for row in block.rows]
    return [rule(RULE, 0.6, keep=True), *paired(rows), air(9)]


def _fitting(values: Sequence[str], room: float) -> float:
    """A size smaller where that keeps a word such as a digest on one line."""
    words = [word for value in values for word in value.split() if len(word) <= _WORD]
    wide = [one_line(word, 10) for word in words if len(lines(word, 10, room)) > 1]
    saved = [word for word in wide if word.width * SMALL / 10 <= room and _solid(word.text)]
    return SMALL if saved else 10.0


def _solid(word: str) -> bool:
    return not any(may_break(left, right) for left, right in pairwise(word))


@_strips.register
def _(block: Table) -> list[Strip]:
    total = sum(block.widths) or 1
    widths = tuple(ROOM * width / total for width in block.widths)
    head = table_row(block.columns, widths, bold=(True,) * len(widths), size=SMALL, fill="#e6ebf0")
    head = [Strip(one.height, one.draw, keep=True) for one in head]
    rows = [table_row(row, widths, size=SMALL) for row in block.rows]
    return [*head, *(replace(one, head=tuple(head)) for one in paired(rows)), air(9)]


@_strips.register
def _(block: Spectrum) -> list[Strip]:
    caption = held(text_strips(block.caption, SMALL, colour=GREY))
    return [air(2), spectrum(block), *caption, air(9)]


@_strips.register
def _(block: RiskMap) -> list[Strip]:
    return risk_map(block)


@_strips.register
def _(block: Picture) -> list[Strip]:
    def draw(pen: Pen, y: float) -> None:
        pen.picture(block.data, (LEFT, y), (block.width, block.height))

    return [Strip(block.height, draw), air(9)]


@_strips.register
def _(block: Signatures) -> list[Strip]:
    fields = block.fields
    done = [_signature_boxes(fields[at : at + 3]) for at in range(0, len(fields), 3)]
    return [*done, *held(text_strips(block.hint, SMALL, colour=GREY)), air(9)]


def _signature_boxes(row: Sequence[tuple[str, str]]) -> Strip:
    gap, height, label_height = 12.0, 84.0, 22.0
    width = (ROOM - 2 * gap) / 3

    def draw(pen: Pen, y: float) -> None:
        for n, (name, label) in enumerate(row):
            x = LEFT + n * (width + gap)
            pen.box((x, y, width, label_height), fill=PALE)
            pen.box((x, y, width, height), edge=GREY, weight=0.8)
            pen.text(one_line(label, 10, bold=True, room=width - 16), (x + 8, y + 15), 10)
            inner = (width - 4, height - label_height - 4)
            pen.field(name, label, x + 2, y + label_height + 2, inner)

    return Strip(height + 8, draw, keep=True)
