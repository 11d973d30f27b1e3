"""Rulebook → one self-contained, printable HTML page: no script, no font, nothing from outside."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from risk_kit.appearance import clean, language_tag
from risk_kit.rulebook_entries import parts
from risk_kit.rulebook_rows import Rulebook
from risk_kit.rulebook_text import head
from risk_kit.rulebook_words import colon, say


def render(book: Rulebook) -> str:
    """The rulebook as an HTML page with a table of contents and links between its entries.

    Texts are escaped wherever they stand; a link is made only to an entry that is on the page.
    """
    found = parts(book)
    words = {key: say(key, book.language) for key in ("title", "lead", "contents", "skip")}
    return _template().render(
        **words,
        book=book,
        colon=colon(book.language),
        tag=language_tag(book.language),
        head=tuple(head(book)),
        parts=found,
        known={entry.anchor for part in found for entry in part.entries},
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: clean(value) if type(value) is str else value,
    )
    place = files("risk_kit") / "data" / "templates" / "rulebook.html.j2"
    return environment.from_string(place.read_text(encoding="utf-8"))
