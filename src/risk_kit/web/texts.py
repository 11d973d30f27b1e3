"""The pages' own words, from the catalogues `page.po` in Traditional Chinese and English."""

from __future__ import annotations

import re
from typing import Final

from risk_kit.document import Language
from risk_kit.translations import words

_PART: Final = re.compile(r"\{(\w+)\}")


def has(key: str) -> bool:
    """Whether there is a text of this key."""
    return key in words("page", "zh")


def say(key: str, language: Language, **parts: object) -> str:
    """A text of the catalogue with its parts filled in; parts are put in as they are, once.

    Raises KeyError for a key that the catalogue of the language lacks.
    """

    def filled(found: re.Match[str]) -> str:
        return str(parts.get(found[1], found[0]))

    return _PART.sub(filled, words("page", language)[key])
