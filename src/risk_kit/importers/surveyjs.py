"""SurveyJS JSON → a survey. What has no counterpart here is listed with its place, never skipped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from risk_kit.errors import BadInput, Problem
from risk_kit.importers.attributes import unsaid
from risk_kit.importers.choices import Choices, has
from risk_kit.importers.naming import Ids
from risk_kit.importers.survey import (
    MOST_QUESTIONS,
    Asked,
    Kind,
    Part,
    Path_,
    ScoreKind,
    Shown,
    Survey,
    place,
)
from risk_kit.importers.words import languages, text
from risk_kit.model import Text

_KINDS: Final[Mapping[str, Kind]] = {
    "radiogroup": "one_of",
    "dropdown": "one_of",
    "checkbox": "many_of",
    "boolean": "yes_no",
    "text": "text",
    "comment": "text",
}
_SCORES: Final[Mapping[str, ScoreKind | None]] = {"-RS": "raw", "-MS": "mitigation", "-NS": None}
_VERSION: Final = re.compile(r"\bv\.?\s?([0-9]+(?:\.[0-9]+){1,3}[a-z0-9]*)", re.IGNORECASE)
_NO_TITLE: Final = Text("匯入的問卷", "Imported survey")
_COMMENT: Final = Text("說明", "Comment")
_MOST_BOUND: Final = 10**12


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where reading is: the name of the page or panel, its headings, and when it is shown."""

    parent: str
    path: Path_
    headings: tuple[Text, ...] = ()
    shows: tuple[Shown, ...] = ()


@dataclass(slots=True)
class _Heap:
    headings: tuple[Text, ...]
    intro: list[Text]
    questions: list[Asked] = field(default_factory=list)


def survey(raw: Mapping[str, Any], file: str, version: str | None = None) -> Survey:
    """The survey in a JSON object. Raises BadInput: no page, no question, or too many of them."""
    return _Reading(raw, file).whole(version)


class _Reading:
    def __init__(self, raw: Mapping[str, Any], file: str) -> None:
        self.raw, self.file = raw, file
        self.lost: list[Problem] = []
        self.notes: list[Problem] = []
        self.first: dict[str, Path_] = {}
        self.ids, self.containers = Ids(), Ids()
        self.heaps: list[_Heap] = []
        self.intro: list[Text] = []
        self.foreign: set[str] = set()

    def whole(self, version: str | None) -> Survey:
        title = self._words(self.raw.get("title")) or _NO_TITLE
        pages = self.raw.get("pages")
        if not isinstance(pages, list):
            key = "elements" if "elements" in self.raw else "questions"
            pages = [{"name": "page1", "elements": self.raw.get(key)}]
        self.lost += unsaid(self.raw, self.file, ())[0]
        for number, page in enumerate(pages):
            self._container(page, "page", _Inside("", ("pages", number)))
        if not self.first:
            raise BadInput(Problem("import_no_questions", {}, self.file, path="$.pages"))
        if self.foreign:
            facts = {"languages": sorted(self.foreign)}
            self.notes.append(Problem("import_languages", facts, self.file))
        if self.intro:
            self.heaps[-1].intro += self.intro
        stated, known = self._version(version)
        return Survey(title, known, stated, self._parts(title), tuple(self.lost), tuple(self.notes))

    def _version(self, given: str | None) -> tuple[bool, str | None]:
        known = given or self.raw.get("version")
        if isinstance(known, str | int | float) and not isinstance(known, bool):
            return True, str(known)
        prose = "\n".join(one.en for heap in self.heaps[:1] for one in heap.intro)
        found = _VERSION.search(prose)
        return False, found[1] if found else None

    def _parts(self, title: Text) -> tuple[Part, ...]:
        ids = Ids()
        return tuple(
            Part(
                ids.give(f"part_{number}"),
                _joined(heap.headings, " － ", " – ") or title,
                _joined(tuple(heap.intro), "\n\n", "\n\n"),
                tuple(heap.questions),
            )
            for number, heap in enumerate(self.heaps, 1)
        )

    def _container(self, raw: Any, kind: str, inside: _Inside) -> None:  # noqa: ANN401
        if not isinstance(raw, dict):
            self._lose("import_no_element", inside.path)
            return
        self._attributes(raw, inside.path)
        name = raw.get("name") if isinstance(raw.get("name"), str) else ""
        shows = inside.shows
        own = self._shown(raw, inside.path)
        if own is not None:
            ident = self.containers.give(f"{kind}_{name}", kind)
            shows = (*shows, replace(own, id=ident))
        title = self._words(raw.get("title"))
        headings = (*inside.headings, title) if title else inside.headings
        if described := self._words(raw.get("description")):
            self.intro.append(described)
        deeper = _Inside(str(name), inside.path, headings, shows)
        for key in ("elements", "questions"):
            elements = raw.get(key)
            for number, one in enumerate(elements if isinstance(elements, list) else []):
                self._element(one, replace(deeper, path=(*inside.path, key, number)))

    def _element(self, raw: Any, inside: _Inside) -> None:  # noqa: ANN401
        kind = raw.get("type") if isinstance(raw, dict) else None
        if kind == "panel":
            self._container(raw, "panel", inside)
        elif kind == "html":
            self._html(raw, inside)
        elif isinstance(kind, str) and kind in _KINDS:
            self._question(raw, kind, inside)
        else:
            self._lose("import_type", inside.path, type=kind or "")

    def _html(self, raw: Mapping[str, Any], inside: _Inside) -> None:
        if found := self._words(raw.get("html")):
            self.intro.append(found)
        if raw.get("visibleIf"):
            where = place((*inside.path, "visibleIf"))
            self.notes.append(Problem("import_html_shown", {}, self.file, path=where))

    def _question(self, raw: Mapping[str, Any], kind: str, inside: _Inside) -> None:
        name, path = raw.get("name"), inside.path
        if not isinstance(name, str) or not name:
            self._lose("import_unnamed", path)
            return
        if name in self.first:
            self._lose("import_name_twice", path, name=name, first_place=place(self.first[name]))
            return
        self.first[name] = path
        if len(self.first) > MOST_QUESTIONS:
            facts = {"most": MOST_QUESTIONS}
            raise BadInput(*self.lost[:20], Problem("import_too_many", facts, self.file))
        self._attributes(raw, path)
        asked = self._asked(raw, kind, inside)
        if asked is not None:
            self._add(asked, inside)
            self._comment(raw, asked, inside)

    def _asked(self, raw: Mapping[str, Any], kind: str, inside: _Inside) -> Asked | None:
        name, own = raw["name"], self._shown(raw, inside.path)
        label = self._words(raw.get("title"), name) or Text(name, name)
        helps = [self._words(raw.get(key)) for key in ("description", "help")]
        asked = Asked(
            name=name,
            id=self.ids.give(name),
            kind=_KINDS[kind],
            label=label,
            path=inside.path,
            help=_joined(tuple(one for one in helps if one), "\n\n", "\n\n"),
            shows=inside.shows if own is None else (*inside.shows, own),
        )
        if asked.kind in ("one_of", "many_of"):
            reader = Choices(raw, self.file, inside.path)
            asked = replace(asked, choices=reader.read(), score=_score(name, inside.parent))
            self.lost += reader.lost
            self.notes += reader.notes
            self.foreign |= reader.foreign
            return asked if asked.choices else None
        if kind == "boolean":
            return replace(asked, truths=(raw.get("valueTrue", True), raw.get("valueFalse", False)))
        return self._number(raw, asked) if raw.get("inputType") in ("number", "range") else asked

    def _number(self, raw: Mapping[str, Any], asked: Asked) -> Asked:
        low, high = raw.get("min"), raw.get("max")
        if type(low) is type(high) is int and -_MOST_BOUND <= low <= high <= _MOST_BOUND:
            return replace(asked, kind="whole_number", bounds=(low, high))
        facts = {"name": asked.name}
        self.notes.append(Problem("import_number_text", facts, self.file, path=place(asked.path)))
        return asked

    def _comment(self, raw: Mapping[str, Any], asked: Asked, inside: _Inside) -> None:
        """The text beside a question: always, or where “other” is chosen."""
        name, shows = f"{asked.name}-Comment", asked.shows
        other = has(raw, "Other") and asked.choices
        if not (other or has(raw, "Comment")) or name in self.first:
            return
        self.first[name] = inside.path
        if not has(raw, "Comment"):
            test = f"{{{asked.name}}} anyof ['other']"
            shows = (*shows, Shown(test, inside.path))
        words = _joined((asked.label, self._words(raw.get("commentText")) or _COMMENT), "：", ": ")
        label = words or _COMMENT
        self._add(Asked(name, self.ids.give(name), "text", label, asked.path, shows=shows), inside)

    def _add(self, asked: Asked, inside: _Inside) -> None:
        if not self.heaps or self.heaps[-1].headings != inside.headings or self.intro:
            self.heaps.append(_Heap(inside.headings, self.intro))
            self.intro = []
        self.heaps[-1].questions.append(asked)

    def _words(self, raw: Any, instead: str = "") -> Text | None:  # noqa: ANN401 - a JSON value
        self.foreign |= languages(raw)
        return text(raw, instead)

    def _shown(self, raw: Mapping[str, Any], path: Path_) -> Shown | None:
        written, where = raw.get("visibleIf"), (*path, "visibleIf")
        if written is None or (isinstance(written, str) and not written.strip()):
            return None
        if not isinstance(written, str):
            self._lose("import_expression", where, near=[], expression=written)
            return None
        return Shown(written, where)

    def _attributes(self, raw: Mapping[str, Any], path: Path_) -> None:
        lost, notes = unsaid(raw, self.file, path)
        self.lost += lost
        self.notes += notes

    def _lose(self, code: str, path: Path_, **facts: object) -> None:
        self.lost.append(Problem(code, facts, self.file, path=place(path)))


def _score(name: str, parent: str) -> ScoreKind | None:
    """Which score a question adds to: its own name's ending decides, else its page's or panel's."""
    for written in (name, parent):
        if written[-3:] in _SCORES:
            return _SCORES[written[-3:]]
    return None


def _joined(texts: tuple[Text, ...], zh: str, en: str) -> Text | None:
    if not texts:
        return None
    return Text(zh.join(one.zh for one in texts), en.join(one.en for one in texts))
