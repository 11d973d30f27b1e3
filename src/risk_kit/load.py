"""Framework and questionnaire files → the model. All problems of a file at once, with lines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from risk_kit import schema
from risk_kit.errors import BadInput
from risk_kit.forms import Condition
from risk_kit.model import (
    UNKNOWN,
    Cite,
    Criterion,
    Derived,
    Dimension,
    Framework,
    Item,
    Level,
    Notice,
    Obligation,
    Option,
    Parameter,
    Points,
    Question,
    Questionnaire,
    Raise,
    Rule,
    Scale,
    Section,
    Source,
    Text,
    Threshold,
    Tunable,
    Word,
    by_id,
)
from risk_kit.surface import WORDS, Reader
from risk_kit.yamlread import Document, Path_, read_file

Raw = Mapping[str, Any]


def questionnaire_file(path: Path) -> Questionnaire:
    """Read and check `questionnaires/<id>.yaml`. Raises BadInput."""
    return questionnaire(read_file(path))


def framework_file(path: Path, questions: Questionnaire) -> Framework:
    """Read and check `framework.yaml` against its questionnaire. Raises BadInput."""
    return framework(read_file(path), questions)


def questionnaire(document: Document, base: Raw | None = None) -> Questionnaire:
    """A questionnaire from a parsed document. Raises BadInput.

    Its show-conditions may name criteria and parameters of `base`, the framework's raw mapping;
    without one, names of criteria are taken as they stand.
    """
    schema.check(document, "questionnaire")
    bare = Builder(document, {})
    placed = [
        (bare.question(raw, section["id"], path, None), raw, path)
        for s, section in enumerate(document.value["sections"])
        for q, raw in enumerate(section["questions"])
        for path in [("sections", s, "questions", q)]
    ]
    bare.unique([("question", one.id, path) for one, _, path in placed])
    names = None if base is None else names_in(base)
    known = Builder(document, by_id(one for one, _, _ in placed), names, _numbers(base or {}))
    known.trusting = base is None
    asked = tuple(
        known.question(raw, one.section, path, known.maybe(raw, "show", path))
        for one, raw, path in placed
    )
    known.done(bare)
    sections = tuple(
        Section(raw["id"], text(raw["title"]), raw["step"], _maybe_text(raw, "intro"))
        for raw in document.value["sections"]
    )
    words = tuple(
        Word(raw["id"], text(raw["word"]), text(raw["meaning"]))
        for raw in document.value.get("glossary", [])
    )
    return Questionnaire(document.value["id"], document.value["version"], sections, asked, words)


def both(document: Document, asked: Document) -> tuple[Framework, Questionnaire]:
    """A framework and the questionnaire that asks for it, each naming things of the other.

    Raises BadInput.
    """
    schema.check(document, "framework")
    questions = questionnaire(asked, document.value)
    return _framework(document, questions), questions


def framework(document: Document, questions: Questionnaire) -> Framework:
    """A framework from a parsed document, its conditions reading `questions`. Raises BadInput."""
    schema.check(document, "framework")
    return _framework(document, questions)


def _framework(document: Document, questions: Questionnaire) -> Framework:
    raw = document.value
    builder = Builder(document, by_id(questions.questions), names_in(raw), _numbers(raw))
    for kind in _LISTS:
        builder.unique([(kind, one["id"], (kind, i)) for i, one in enumerate(raw.get(kind, []))])
    built = Framework(
        id=raw["id"],
        version=raw["version"],
        title=text(raw["title"]),
        questionnaire=raw["questionnaire"],
        main_scale=raw["main_scale"],
        residual_scale=raw.get("residual_scale"),
        identity=tuple(raw.get("identity", {}).items()),
        steps=tuple((one["id"], text(one["title"])) for one in raw.get("steps", [])),
        notices=tuple(Notice(one["id"], text(one["text"])) for one in raw.get("notices", [])),
        scales=tuple(scale(one) for one in raw["scales"]),
        dimensions=builder.each("dimensions", builder.dimension),
        derived=builder.each("derived", builder.derived),
        parameters=tuple(parameter(one) for one in raw.get("parameters", [])),
        sources=builder.each("sources", builder.source),
        items=builder.each("items", builder.item),
        obligations=builder.each("obligations", builder.obligation),
        criteria=builder.each("criteria", builder.criterion),
        rules=builder.each("rules", builder.rule),
        applies=builder.maybe(raw, "applies", ()),
    )
    builder.done()
    return built


def _numbers(raw: Raw) -> Mapping[str, int]:
    return {one["id"]: one["value"] for one in raw.get("parameters", [])}


def names_in(raw: Raw) -> Mapping[str, frozenset[str]]:
    """The ids that conditions of a framework or overlay may name, by kind."""

    def ids(kind: str) -> frozenset[str]:
        return frozenset(one["id"] for one in raw.get(kind, []))

    marks = {
        f"{d['id']}.{t['id']}" for d in raw.get("dimensions", []) for t in d.get("thresholds", [])
    }
    return {
        "criterion": ids("criteria"),
        "dimension": ids("dimensions"),
        "threshold": frozenset(marks),
    }


def text(raw: Raw) -> Text:
    """A text in both languages."""
    return Text(raw["zh"], raw["en"])


def _maybe_text(raw: Raw, key: str) -> Text | None:
    return text(raw[key]) if key in raw else None


def _cites(raw: Raw) -> tuple[Cite, ...]:
    return tuple(_cite(one["source"], one.get("at", "")) for one in raw.get("cites", []))


def _cite(source: str, at: Any) -> Cite:  # noqa: ANN401
    return Cite(source, at) if isinstance(at, str) else Cite(source, at["zh"], at["en"])


def scale(raw: Raw) -> Scale:
    """A scale with its levels."""
    levels = (
        Level(o["id"], text(o["label"]), text(o["meaning"]), o.get("apart", False))
        for o in raw["levels"]
    )
    return Scale(raw["id"], text(raw["title"]), tuple(levels))


def parameter(raw: Raw) -> Parameter:
    """A parameter."""
    return Parameter(**{**raw, "title": text(raw["title"])})


class Builder(Reader):
    """Builds the parts that hold conditions or dates, collecting problems."""

    def __init__(
        self,
        document: Document,
        questions: Mapping[str, Question],
        names: Mapping[str, frozenset[str]] | None = None,
        parameters: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__(document, questions, names or names_in({}), parameters)

    def done(self, *others: Reader) -> None:
        """Raise BadInput when problems were collected, here or in `others`."""
        found = [problem for reader in (*others, self) for problem in reader.problems]
        if found:
            raise BadInput(*sorted(found, key=lambda p: p.line or 0)[: schema.MOST_PROBLEMS])

    def each(self, kind: str, build: Any) -> tuple[Any, ...]:  # noqa: ANN401
        """Every entry of a list of the document, built."""
        return tuple(
            build(raw, (kind, i)) for i, raw in enumerate(self.document.value.get(kind, []))
        )

    def maybe(self, raw: Raw, key: str, path: Path_) -> Condition | None:
        """The condition under a key, if there is one."""
        return self.condition(raw[key], (*path, key)) if key in raw else None

    def day(self, raw: Raw, key: str, path: Path_) -> date | None:
        """The date under a key, if there is one."""
        return self.date(raw.get(key), (*path, key))

    def unique(self, named: list[tuple[str, str, Path_]]) -> None:
        """A problem for each id that stands twice."""
        seen: set[str] = set()
        for kind, name, path in named:
            if name in seen:
                self._say("id_twice", path, kind=kind, id=name)
            seen.add(name)

    def question(self, raw: Raw, section: str, path: Path_, show: Condition | None) -> Question:
        """A question; its bounds and options fit its kind."""
        kind = raw["kind"]
        options = tuple(
            Option(o["id"], text(o["label"]), o.get("exclusive", False))
            for o in raw.get("options", [])
        )
        low, high = self._bounds(raw, path)
        if self.questions == {}:
            self._check_question(raw, path, options)
        texts: dict[str, Any] = {k: _maybe_text(raw, k) for k in _QUESTION_TEXTS}
        rest = {k: raw[k] for k in _QUESTION_REST if k in raw}
        return Question(
            kind=kind,
            label=text(raw["label"]),
            section=section,
            options=options,
            minimum=low,
            maximum=high,
            show=show,
            cites=_cites(raw),
            **texts,
            **rest,
        )

    def _check_question(self, raw: Raw, path: Path_, options: tuple[Option, ...]) -> None:
        name, kind = raw["id"], raw["kind"]
        if name in WORDS:
            self._say("reserved_word", (*path, "id"), id=name, offered=sorted(WORDS))
        self.unique([("option", o.id, (*path, "options", i)) for i, o in enumerate(options)])
        for place, option in enumerate(options):
            if option.id == UNKNOWN.value:
                here = (*path, "options", place, "id")
                self._say("reserved_word", here, id=option.id, offered=[UNKNOWN.value])
        needs = kind in ("one_of", "many_of")
        if needs != bool(options):
            self._say("options_for_kind", path, id=name, kind=kind)
        if kind == "many_of" and options and all(o.exclusive for o in options):
            self._say("all_exclusive", path, id=name)

    def _bounds(self, raw: Raw, path: Path_) -> tuple[Any, Any]:
        if raw["kind"] not in ("whole_number", "date"):
            return None, None
        ends = [raw.get("minimum"), raw.get("maximum")]
        if raw["kind"] == "date":
            ends = [self.date(one, path) for one in ends]
        elif not all(isinstance(one, int) for one in ends):
            ends = [None, None]
        low, high = ends
        if low is None or high is None or low > high:
            self._say("bounds", path, id=raw["id"])
        return low, high

    def source(self, raw: Raw, path: Path_) -> Source:
        """A source with its dates."""
        return Source(
            id=raw["id"],
            title=text(raw["title"]),
            issuer=text(raw["issuer"]),
            force=raw["force"],
            number=raw.get("number", ""),
            date=self.day(raw, "date", path),
            url=raw.get("url", ""),
            valid_from=self.day(raw, "valid_from", path),
            valid_to=self.day(raw, "valid_to", path),
            verified=raw["verified"],
        )

    def dimension(self, raw: Raw, path: Path_) -> Dimension:
        """A dimension; its thresholds may be parameters."""
        marks = tuple(
            Threshold(one["id"], self.number(one["at"], path) or 0)
            for one in raw.get("thresholds", [])
        )
        rest = {
            k: raw[k] for k in ("id", "minimum", "maximum", "divide_by", "rounding") if k in raw
        }
        return Dimension(title=text(raw["title"]), unit=text(raw["unit"]), thresholds=marks, **rest)

    def derived(self, raw: Raw, path: Path_) -> Derived:
        """A score made of another."""
        when = self.condition(raw["when"], (*path, "when"))
        return Derived(
            **{**raw, "title": text(raw["title"]), "unit": text(raw["unit"]), "when": when}
        )

    def item(self, raw: Raw, path: Path_) -> Item:  # noqa: ARG002 - one shape for `each`
        """An item that rules belong to."""
        rest = {k: raw[k] for k in ("id", "parent", "basis", "verified") if k in raw}
        gathers = tuple(raw.get("gathers", []))
        return Item(title=text(raw["title"]), cites=_cites(raw), gathers=gathers, **rest)

    def obligation(self, raw: Raw, path: Path_) -> Obligation:
        """A duty."""
        return Obligation(
            id=raw["id"],
            text=text(raw["text"]),
            roles=tuple(raw["roles"]),
            cites=_cites(raw),
            basis=raw["basis"],
            verified=raw.get("verified", False),
            valid_from=self.day(raw, "valid_from", path),
            valid_to=self.day(raw, "valid_to", path),
        )

    def criterion(self, raw: Raw, path: Path_) -> Criterion:
        """A named condition."""
        return Criterion(
            raw["id"], text(raw["title"]), self.condition(raw["when"], (*path, "when"))
        )

    def rule(self, raw: Raw, path: Path_) -> Rule:
        """A rule with its effects."""
        rest = {
            k: raw[k] for k in ("id", "item", "basis", "verified", "flag", "retired") if k in raw
        }
        return Rule(
            title=text(raw["title"]),
            when=self.condition(raw["when"], (*path, "when")),
            because=text(raw["because"]),
            cites=_cites(raw),
            raises=tuple(Raise(scale, level) for scale, level in raw.get("raise", {}).items()),
            points=tuple(
                self.points(p, (*path, "points", i)) for i, p in enumerate(raw.get("points", []))
            ),
            obliges=tuple(raw.get("oblige", [])),
            exempts=tuple(raw.get("exempt", [])),
            unless=self.maybe(raw, "unless", path),
            tunable=Tunable(**raw["tunable"]) if "tunable" in raw else None,
            valid_from=self.day(raw, "valid_from", path),
            valid_to=self.day(raw, "valid_to", path),
            **rest,
        )

    def points(self, raw: Raw, path: Path_) -> Points:
        """Points with their terms."""
        terms = tuple(self.term(t, (*path, "terms", i)) for i, t in enumerate(raw.get("terms", [])))
        return Points(raw["dimension"], raw.get("amount", 0), terms)


_LISTS = ("sources", "items", "scales", "dimensions", "derived", "parameters", "criteria", "rules")
_QUESTION_TEXTS = ("why", "help", "example_yes", "example_no", "evidence")
_QUESTION_REST = (
    "id",
    "ordered",
    "basis",
    "judgement",
    "worse",
    "changeable",
    "answered_by",
    "phase",
    "retired",
    "measures",
)
