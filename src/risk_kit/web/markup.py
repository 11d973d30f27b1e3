"""HTML fragments for `st.html`. Every text is escaped here; nothing else builds markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final

from risk_kit.appearance import clean, ink_on, language_tag, level_colours
from risk_kit.document import Language, Reason, Spectrum

_MARKDOWN: Final = re.compile(r"([\\`*_{}\[\]<>#$~|])")
_DIRECTIVE: Final = re.compile(r":(?=[\w+-])")
_LIST: Final = re.compile(r"^(\s*)([-+]|\d+\.)(?=\s)")
_MARKS: Final = {"holds": "●", "undecided": "◐", "does_not_hold": "○"}


def text(raw: str) -> str:
    """Text as HTML: cleaned, escaped, newlines as line breaks."""
    return escape(clean(raw)).replace("\n", "<br>")


def label(raw: str) -> str:
    """Text for a widget's label, where Streamlit reads Markdown: every mark is taken literally."""
    flat = _MARKDOWN.sub(r"\\\1", clean(raw).replace("\n", " "))
    return _LIST.sub(r"\1\\\2", _DIRECTIVE.sub(r"\\:", flat))


def page(inner: str, language: Language, kind: str = "") -> str:
    """A fragment in its language; `kind` is a CSS class."""
    return f'<div class="rk {kind}" lang="{language_tag(language)}">{inner}</div>'


def _tip(percent: float) -> str:
    """The pointer over a decided level; the words beside it say the same."""
    return f'<span class="tip" style="left:{percent:.1f}%" aria-hidden="true">▼</span>'


def spectrum(drawn: Spectrum, kind: str, name: str) -> str:
    """The levels with the range marked; `kind`: "ladder" (upright) or "band". Never colour alone.

    Inside the range a level is filled, bold and ticked; outside it is pale. The caption says the
    same in words.
    """
    colours = level_colours(len(drawn.levels))
    low, high = (-1, -2) if drawn.low is None or drawn.high is None else (drawn.low, drawn.high)
    steps = []
    for n, (word, colour) in enumerate(zip(drawn.levels, colours, strict=True)):
        inside = low <= n <= high
        ends = (" low" if n == low else "") + (" high" if n == high else "")
        paint = f"background:{colour};color:{ink_on(colour)}" if inside else ""
        mark = '<span class="tick" aria-hidden="true">✓</span>' if inside else ""
        state = f"in{ends}" if inside else "out"
        steps.append(
            f'<div class="lv {state}" style="--lv:{colour};{paint}">'
            f"<span>{text(word)}</span>{mark}</div>"
        )
    caption = text(drawn.caption)
    if drawn.at is not None and kind == "band":
        share = (2 * drawn.at + 1) / 10
        steps.append(_tip(100 * ((drawn.low or 0) + share) / len(drawn.levels)))
    return (
        f'<figure class="sp {kind}"><div class="lvs" role="img" aria-label="{escape(name)}：{caption}">'
        f"{''.join(steps)}</div><figcaption>{caption}</figcaption></figure>"
    )


def meter(done: int, whole: int, words: str) -> str:
    """Progress as a bar with its words."""
    return (
        f'<div class="meter"><progress max="{max(whole, 1)}" value="{done}" '
        f'aria-label="{escape(words)}"></progress><span>{text(words)}</span></div>'
    )


def reason(card: Reason, levels: Sequence[str], words: dict[str, str]) -> str:
    """One reason as a card: title, state, level, why, answers, sources.

    `words` gives `answers`, `sources` and `level` (with `{level}`).
    """
    colour = "#c5ccd3" if card.level is None else level_colours(len(levels))[card.level]
    level = "" if card.level is None else words["level"].replace("{level}", levels[card.level])
    badge = f'<span class="lvl">{text(level)}</span>' if level else ""
    rows = "".join(f"<dt>{text(q)}</dt><dd>{text(a)}</dd>" for q, a in card.answers)
    carried = f"<h4>{text(words['answers'])}</h4><dl>{rows}</dl>" if rows else ""
    cited = "".join(f"<li>{text(one)}</li>" for one in card.sources)
    return (
        f'<article class="card {card.state}" style="--lv:{colour}"><header><h3>{text(card.title)}</h3>'
        f'<span class="st">{_MARKS[card.state]} {text(card.state_label)}</span></header>{badge}'
        f"<p>{text(card.because)}</p>{carried}"
        f"<h4>{text(words['sources'])}</h4><ul>{cited}</ul></article>"
    )


def short_reasons(cards: Iterable[Reason]) -> str:
    """Reasons as one line each: mark, title, state."""
    lines = [
        f'<li><span aria-hidden="true">{_MARKS[c.state]}</span> {text(c.title)} '
        f"<small>{text(c.state_label)}</small></li>"
        for c in cards
    ]
    return f'<ul class="short">{"".join(lines)}</ul>'


def bullets(lines: Iterable[str], kind: str = "") -> str:
    """A list."""
    return f'<ul class="{kind}">{"".join(f"<li>{text(one)}</li>" for one in lines)}</ul>'


def table(columns: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> str:
    """A table that scrolls sideways by itself where it is too wide."""
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in columns)
    body = "".join(f"<tr>{''.join(f'<td>{text(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(name)}"><table>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def folded(summary: str, parts: Iterable[tuple[str, str]]) -> str:
    """Headed paragraphs that open on demand; empty ones are left out."""
    inside = "".join(f"<dt>{text(head)}</dt><dd>{text(body)}</dd>" for head, body in parts if body)
    return f'<details class="more"><summary>{text(summary)}</summary><dl>{inside}</dl></details>'


def fold(summary: str, inner: str) -> str:
    """Markup made here that opens on demand, and is open in print."""
    return f'<details class="fold"><summary>{text(summary)}</summary>{inner}</details>'
