"""The card of one reason: what was found, the answers behind it, its sources."""

from __future__ import annotations

from typing import Final

from risk_kit.appearance import WORDS, level_colours
from risk_kit.document import Language, Reason
from risk_kit.pdf_lines import lines, one_line
from risk_kit.pdf_pages import ACCENT, GREY, INK, LEFT, ROOM, RULE, Pen, Strip, air
from risk_kit.pdf_rows import SMALL, both, boxed, cells_strip, held

_CHIP: Final = {"holds": "full", "undecided": "half", "does_not_hold": "none"}
_FILL: Final = "#fafbfc"


def card(block: Reason, language: Language) -> list[Strip]:
    """The card's strips; on a further page its title is repeated."""
    words = WORDS[language]
    room = ROOM - 30
    body = [*_card_head(block, "", room)]
    body += [cells_strip([(line, 16)], 10, room) for line in lines(block.because, 10, room)]
    if block.answers:
        body += [Strip(4), *_label(words["answers"])]
        for question, answer in block.answers:
            body += _pair(question, answer, room)
    if block.sources:
        body += [Strip(4), *_label(words["sources"])]
        for source in block.sources:
            found = lines(source, SMALL, room)
            body += [cells_strip([(line, 16)], SMALL, colour=GREY) for line in found]
    again = boxed(_card_head(block, words["continued"], room), _FILL, _bar(block), open_end=True)
    first, *rest = boxed(held(body), _FILL, _bar(block))
    return [first, *(Strip(s.height, s.draw, s.keep, head=tuple(again)) for s in rest), air(9)]


def _bar(block: Reason) -> str:
    return RULE if block.level is None else level_colours(4)[min(max(block.level, 0), 3)]


def _card_head(block: Reason, more: str, room: float) -> list[Strip]:
    state = one_line(block.state_label, SMALL, bold=True, room=room / 3)
    found = lines(block.title + more, 11, room - state.width - 28, bold=True)
    chip_x = LEFT + ROOM - 14 - state.width

    def chip(pen: Pen, y: float) -> None:
        pen.disc(chip_x - 8, y + 9, 3.6, INK, _CHIP[block.state])
        pen.text(state, (chip_x, y + 12.2), SMALL)

    done = [cells_strip([(line, 16)], 11) for line in found]
    done[0] = Strip(done[0].height, both(done[0].draw, chip))
    return done


def _label(text: str) -> list[Strip]:
    return [cells_strip([(one_line(text, 8.5, bold=True), 16)], 8.5, colour=ACCENT)]


def _pair(question: str, answer: str, room: float) -> list[Strip]:
    split = room * 0.66
    left = lines(question, SMALL, split - 10)
    right = lines(answer, SMALL, room - split, bold=True)
    return [
        cells_strip(
            [
                (column[n], x)
                for column, x in ((left, 16.0), (right, 16 + split))
                if n < len(column)
            ],
            SMALL,
        )
        for n in range(max(len(left), len(right)))
    ]
