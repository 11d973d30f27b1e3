"""Parts of the report as they stand on the page: what is under one of its headings."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import streamlit as st

from risk_kit import wording
from risk_kit.document import Block, Heading, Language, Paragraph, Reason, Table
from risk_kit.item_levels import item_groups
from risk_kit.report_words import WORDS
from risk_kit.web import markup, state, summary
from risk_kit.web.texts import say

_PART: Final = 2
_MOST: Final = 8


def reasons(language: Language) -> None:
    """Every reason as a card: finding, the answers that carry it, its sources and whose they are.

    Of those that are still open the first few are shown, the others on demand.
    """
    blocks = under(wording.of(WORDS["why"], language))
    cards = [one for one in blocks if isinstance(one, Reason) and one.state == "undecided"]
    later = cards[_MOST:]
    last = blocks.index(later[0]) if later else len(blocks)
    write(blocks[:last], language)
    if later:
        more = say("more_reasons", language, n=len(later))
        st.html(markup.page(markup.fold(more, html(later, language)), language))
        write(blocks[last + len(later) :], language)


def views(language: Language) -> None:
    """What stands beside the tier: other scales, what an authority may weigh, principles."""
    heads = [wording.of(WORDS["scales"], language), *_other_groups(language)]
    found = [(head, under(head)) for head in heads]
    for head, blocks in found:
        if blocks:
            st.html(markup.page(f"<h3>{markup.text(head)}</h3>", language))
            write(blocks, language, head)
    if not any(blocks for _, blocks in found):
        st.html(markup.page(f"<p>{markup.text(say('no_views', language))}</p>", language))


def _other_groups(language: Language) -> list[str]:
    """Titles of the groups of items that are no groups of the map."""
    now = state.work()
    mapped = {one.root.id for one in item_groups(now)}
    roots = [one for one in now.pack.framework.items if one.parent is None]
    return [wording.of(one.title, language) for one in roots if one.id not in mapped]


def under(head: str) -> list[Block]:
    """The report's blocks under one of its headings, up to the next of that level or above."""
    found: list[Block] = []
    inside = False
    for block in state.shown_report().blocks:
        if isinstance(block, Heading) and block.level <= _PART:
            inside = block.text == head
        elif inside:
            found.append(block)
    return found


def write(blocks: Iterable[Block], language: Language, name: str = "") -> None:
    """Blocks of a report as page elements; tables are named `name` for those who cannot see."""
    if found := html(blocks, language, name):
        st.html(markup.page(found, language))


def html(blocks: Iterable[Block], language: Language, name: str = "") -> str:
    """The same as HTML."""
    levels = summary.spectrum().levels
    words = {key: say(key, language) for key in ("answers", "sources")}
    words["level"] = say("level_shown", language)
    return "".join(_block(one, levels, words, name) for one in blocks)


def _block(block: Block, levels: Sequence[str], words: dict[str, str], name: str) -> str:
    match block:
        case Reason():
            return markup.reason(block, levels, words)
        case Heading(text):
            return f'<h3 class="between">{markup.text(text)}</h3>'
        case Paragraph(text, tone):
            kind = ' class="sub"' if tone == "small" else ""
            return f"<p{kind}>{markup.text(text)}</p>"
        case Table(columns, rows):
            return markup.table(columns, rows, name)
    return ""
