"""The choices of a SurveyJS question → options; strange ones are listed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from risk_kit.errors import Problem
from risk_kit.importers.naming import Ids
from risk_kit.importers.survey import MOST_CHOICES, Choice, Path_, Scalar, place
from risk_kit.importers.words import languages, text
from risk_kit.model import Text

_SEPARATOR: Final = "|"
_OTHER: Final = Text("其他（請說明）", "Other (describe)")
_NONE: Final = Text("以上皆非", "None")
_NOT_CHOSEN: Final = Text("（未選）", "(not chosen)")


class Choices:
    """Reads the choices of one question; collects what is lost and what a reader should know."""

    def __init__(self, raw: Mapping[str, Any], file: str, path: Path_) -> None:
        self.raw, self.file, self.path = raw, file, path
        self.lost: list[Problem] = []
        self.notes: list[Problem] = []
        self.foreign: set[str] = set()
        self._ids = Ids(options=True)
        self._seen: set[tuple[bool, Scalar]] = set()

    def read(self) -> tuple[Choice, ...]:
        """Every choice, then other and none where the question has them; at least two, or nothing."""
        offered = self.raw.get("choices", [])
        if not isinstance(offered, list) or len(offered) > MOST_CHOICES:
            self._lose("import_choices", ("choices",), most=MOST_CHOICES)
            return ()
        options = [self._choice(one, ("choices", i)) for i, one in enumerate(offered)]
        if has(self.raw, "Other"):
            options.append(self._extra("other", self.raw.get("otherText"), _OTHER))
        if has(self.raw, "None"):
            options.append(self._extra("none", self.raw.get("noneText"), _NONE, alone=True))
        if not any(options):
            self._lose("import_no_choices", ())
        elif sum(map(bool, options)) == 1:
            options.append(self._extra("not_chosen", None, _NOT_CHOSEN, alone=True))
            where = place((*self.path, "choices"))
            self.notes.append(Problem("import_option_added", {}, self.file, path=where))
        return tuple(one for one in options if one is not None)

    def _choice(self, raw: Any, path: Path_) -> Choice | None:  # noqa: ANN401
        value, words = (raw.get("value"), raw.get("text")) if isinstance(raw, dict) else (raw, None)
        if isinstance(value, str) and _SEPARATOR in value:
            value, _, rest = value.partition(_SEPARATOR)
            words = words or rest
        if not isinstance(value, str | int | float) or value == "":
            self._lose("import_choice", path)
            return None
        if self._known(value):
            self._lose("import_choice_twice", path, value=value)
            return None
        for key in ("visibleIf", "enableIf") if isinstance(raw, dict) else ():
            if raw.get(key):
                self._lose("import_attribute", (*path, key), key=key)
        self.foreign |= languages(words)
        label = text(words, str(value)) or Text(str(value), str(value))
        return Choice(value, self._ids.give(value, "o"), label)

    def _extra(self, value: str, words: Any, label: Text, *, alone: bool = False) -> Choice | None:  # noqa: ANN401
        if self._known(value):
            return None
        return Choice(value, self._ids.give(value, "o"), text(words) or label, alone)

    def _known(self, value: Scalar) -> bool:
        key = (isinstance(value, bool), value)
        known = key in self._seen
        self._seen.add(key)
        return known

    def _lose(self, code: str, path: Path_, **facts: object) -> None:
        where = place((*self.path, *path))
        self.lost.append(Problem(code, facts, self.file, path=where))


def has(raw: Mapping[str, Any], what: str) -> bool:
    """Whether a question offers `Other`, `None` or `Comment`, by the old or the new attribute."""
    new = {"Comment": "showCommentArea"}.get(what, f"show{what}Item")
    return raw.get(f"has{what}") is True or raw.get(new) is True
