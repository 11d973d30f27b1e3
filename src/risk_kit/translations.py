"""The catalogues of translated texts (`data/translations`), read with Babel."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from babel.messages.pofile import read_po

from risk_kit.document import Language

LOCALES: Final[Mapping[Language, str]] = {"zh": "zh_Hant_TW", "en": "en"}


@cache
def words(domain: str, language: Language) -> Mapping[str, str]:
    """Key → text of one catalogue (`page`, say); read once, what is marked fuzzy left out.

    Raises babel's PoFileError for a catalogue that is malformed.
    """
    folder = files("risk_kit") / "data" / "translations" / LOCALES[language] / "LC_MESSAGES"
    with (folder / f"{domain}.po").open("rb") as file:
        catalogue = read_po(file, locale=LOCALES[language], domain=domain, abort_invalid=True)
    return {
        str(one.id): str(one.string) for one in catalogue if one.id and one.string and not one.fuzzy
    }
