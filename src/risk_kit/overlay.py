"""resolve(framework, questionnaire, overlays) → Pack: pure, order-independent, origins kept.

Additions of all overlays come first, then their changes. Each change tests the value it expects
before it sets another, so a base that moved breaks the overlay loudly. One value changed by two
overlays is an error until a `resolution` names the winner. A level is lowered, and a rule retired
or exempted, only where the base declares it tunable and an authority, a reason and a date are named.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any, Final

from risk_kit.digest import canonical, pack_digest, plain, sha256
from risk_kit.errors import BadInput, Problem
from risk_kit.forms import All, AnyOf, Condition
from risk_kit.layers import Change, Overlay
from risk_kit.model import (
    Criterion,
    Framework,
    Pack,
    Parameter,
    Question,
    Questionnaire,
    Rule,
    Text,
)
from risk_kit.polarity import MORE, signs
from risk_kit.rewrite import with_numbers

FRAMEWORK_KINDS: Final = (
    "sources",
    "items",
    "scales",
    "dimensions",
    "parameters",
    "criteria",
    "rules",
    "obligations",
    "notices",
)
# Texts that a base may leave out and an overlay may give; nothing else that is absent may be set.
OPTIONAL_TEXTS: Final = {"why", "help", "example_yes", "example_no", "evidence", "intro"}
KINDS: Final = (*FRAMEWORK_KINDS, "sections", "questions")
Shelf = dict[str, dict[str, Any]]


def resolve(
    framework: Framework, questionnaire: Questionnaire, overlays: Sequence[Overlay] = ()
) -> Pack:
    """The pack of a base with overlays, in whatever order they are given.

    Raises BadInput: another base version, an id added twice, a changed base value, two overlays on
    one value, a lowering that the base does not allow.
    """
    ordered = sorted(overlays, key=lambda one: one.id)
    problems = [*_wrong_base(framework, ordered), *_clashes(framework, questionnaire, ordered)]
    if problems:
        raise BadInput(*problems)
    shelf = _shelf(framework, questionnaire)
    origins = _add(shelf, ordered)
    problems = [*_lowering_additions(framework, ordered), *_change(shelf, ordered, origins)]
    problems += _lowering_widenings(framework, shelf, ordered)
    if problems:
        raise BadInput(*problems)
    return _pack(framework, questionnaire, shelf, tuple(one.id for one in ordered), origins)


def fingerprint(thing: object) -> str:
    """What a narrow, widen or retire change expects: 12 digits of the digest of the whole thing."""
    return sha256(canonical(plain(thing)))[:12]


def _shelf(framework: Framework, questionnaire: Questionnaire) -> Shelf:
    shelf = {kind: {one.id: one for one in getattr(framework, kind)} for kind in FRAMEWORK_KINDS}
    shelf["sections"] = {one.id: one for one in questionnaire.sections}
    shelf["questions"] = {one.id: one for one in questionnaire.questions}
    return shelf


def _wrong_base(framework: Framework, overlays: Iterable[Overlay]) -> Iterator[Problem]:
    for one in overlays:
        if (one.base, one.base_version) != (framework.id, framework.version):
            wanted, got = f"{one.base}@{one.base_version}", f"{framework.id}@{framework.version}"
            facts = {"id": one.id, "wanted": wanted, "got": got}
            yield Problem("overlay_base", facts, file=one.file)


def _clashes(
    framework: Framework, questionnaire: Questionnaire, overlays: Sequence[Overlay]
) -> Iterator[Problem]:
    """Ids added twice, and values changed by two overlays without a resolution."""
    owner: dict[str, str] = {}
    base = _shelf(framework, questionnaire)
    for one in overlays:
        for field in fields(one.additions):
            for thing in getattr(one.additions, field.name):
                name = f"{field.name}/{thing.id}"
                if thing.id in base[field.name] or name in owner:
                    facts = {"target": name, "id": one.id, "other": owner.get(name, framework.id)}
                    yield Problem("overlay_id_taken", facts, file=one.file)
                owner[name] = one.id
    for target, rivals in _rivals(overlays).items():
        if len(rivals) > 1 and _winner(target, overlays) not in rivals:
            known: dict[str, object] = {"target": target, "ids": sorted(rivals)}
            last = max(rivals)
            file = next(one.file for one in overlays if one.id == last)
            yield Problem("overlay_conflict", known, file=file, line=rivals[last])


def _rivals(overlays: Iterable[Overlay]) -> Mapping[str, dict[str, int]]:
    """Who changes each value, with the line; a change of a whole value rivals those of its parts."""
    found: dict[str, dict[str, int]] = {}
    wholes: dict[str, str] = {}
    for one in overlays:
        for change in one.changes:
            if change.operation == "widen":  # alternatives add up, whoever brings them
                continue
            found.setdefault(change.target, {})[one.id] = change.line
            if change.operation == "translate":
                wholes[change.target] = change.target.rpartition(".")[0]
    for part, whole in wholes.items():
        found[part].update(found.get(whole, {}))
    return found


def _winner(target: str, overlays: Iterable[Overlay]) -> str | None:
    named = {winner for one in overlays for aim, winner in one.resolutions if aim == target}
    return named.pop() if len(named) == 1 else None


def _add(shelf: Shelf, overlays: Iterable[Overlay]) -> dict[str, str]:
    origins: dict[str, str] = {}
    for one in overlays:
        for kind in KINDS:
            for thing in getattr(one.additions, kind):
                shelf[kind][thing.id] = thing
                origins[f"{kind}/{thing.id}"] = one.id
    return origins


def _lowering_additions(framework: Framework, overlays: Iterable[Overlay]) -> Iterator[Problem]:
    """A new exemption may defeat a base rule only where that rule is tunable."""
    tunable = {rule.id for rule in framework.rules if rule.tunable}
    known = {rule.id for rule in framework.rules}
    for one in overlays:
        for rule in one.additions.rules:
            for name in rule.exempts:
                if name in known - tunable:
                    facts = {"target": f"rules/{name}", "id": one.id}
                    yield Problem(
                        "overlay_not_tunable", facts, file=one.file, path=f"rules/{rule.id}"
                    )


def _lowering_widenings(
    framework: Framework, shelf: Shelf, overlays: Iterable[Overlay]
) -> Iterator[Problem]:
    """A criterion may hold more often only where that lowers nothing, all changes counted."""
    wide = [(o, c) for o in overlays for c in o.changes if c.operation == "widen"]
    rules, criteria, asked = (
        tuple(shelf[kind].values()) for kind in ("rules", "criteria", "questions")
    )
    pushes = signs(rules, criteria, asked, framework.applies) if wide else {}
    for one, change in wide:
        if pushes.get(change.id, {MORE}) != {MORE}:
            facts = {"target": change.target, "id": one.id}
            yield Problem("overlay_widen", facts, file=one.file, line=change.line)


def _change(
    shelf: Shelf, overlays: Sequence[Overlay], origins: dict[str, str]
) -> Iterator[Problem]:
    rivals = _rivals(overlays)
    before = {kind: dict(things) for kind, things in shelf.items()}
    for one in overlays:
        for change in one.changes:
            contested = len(rivals.get(change.target, ())) > 1
            if contested and _winner(change.target, overlays) != one.id:
                continue
            fault = _apply(shelf, before, change)
            if fault is None:
                origins[change.target] = one.id
            else:
                code, facts = fault
                where = {"target": change.target, "id": one.id}
                yield Problem(code, where | facts, file=one.file, line=change.line)


Fault = tuple[str, dict[str, object]]


def _apply(shelf: Shelf, before: Shelf, change: Change) -> Fault | None:
    """Carry out one change on the shelf, or say why not; a whole thing is expected as `before`."""
    thing = shelf.get(change.kind, {}).get(change.id)
    if thing is None:
        return "no_such", {"kind": change.kind, "id": change.id}
    whole = change.operation in ("narrow", "widen", "retire")
    found = _present(before[change.kind][change.id] if whole else thing, change)
    if found is _NO_FIELD:
        return "overlay_field", {"field": change.field}
    if found != change.expect:
        return "overlay_stale", {"expected": _words(change.expect), "found": _words(found)}
    refused = _refused(shelf, thing, change)
    if refused is not None:
        return refused
    shelf[change.kind][change.id] = _changed(thing, change)
    return None


_NO_FIELD: Final = object()


def _present(thing: Any, change: Change) -> object:  # noqa: ANN401
    """The value that the change expects to find, or _NO_FIELD when the thing has no such value."""
    match change.operation:
        case "narrow" | "widen" | "retire":
            return fingerprint(thing)
        case "set":
            return thing.value if isinstance(thing, Parameter) else _NO_FIELD
        case "strengthen" | "weaken":
            levels = {f"raise.{one.scale}": one.level for one in getattr(thing, "raises", ())}
            return levels.get(change.field, _NO_FIELD)
        case "translate":
            name, _, language = change.field.partition(".")
            text = getattr(thing, name, None)
            return getattr(text, language, _NO_FIELD) if isinstance(text, Text) else _NO_FIELD
    value = getattr(thing, change.field, _NO_FIELD)
    absent = value is None and change.field in OPTIONAL_TEXTS
    return value if isinstance(value, Text) or absent else _NO_FIELD


def _refused(shelf: Shelf, thing: Any, change: Change) -> Fault | None:  # noqa: ANN401
    """Why the change is not allowed, if it is not."""
    match change.operation:
        case "set":
            inside = (
                isinstance(change.value, int) and thing.minimum <= change.value <= thing.maximum
            )
            if not thing.tunable or not inside:
                return "overlay_bounds", {"minimum": thing.minimum, "maximum": thing.maximum}
        case "strengthen" | "weaken":
            return _level_refused(shelf, thing, change)
        case "retire":
            if not (isinstance(thing, Rule) and thing.tunable):
                return "overlay_not_tunable", {}
            return _unsigned(change)
        case "narrow":
            exempts = isinstance(thing, Rule) and thing.exempts
            return None if exempts and change.when is not None else ("overlay_narrow", {})
        case "widen":
            named = isinstance(thing, Criterion) and change.when is not None
            return None if named else ("overlay_widen", {})
        case _ if not _is_text(change):
            return "overlay_text", {"value": _words(change.value)}
    return None


def _is_text(change: Change) -> bool:
    """A translation is one text, a replacement is one in both languages; neither is empty."""
    value = change.value
    if change.operation == "translate":
        return isinstance(value, str) and bool(value.strip())
    return isinstance(value, Text) and bool(value.zh.strip() and value.en.strip())


def _level_refused(shelf: Shelf, rule: Rule, change: Change) -> Fault | None:
    scale = shelf["scales"][change.field.removeprefix("raise.")]
    order = [level.id for level in scale.levels]
    if change.value not in order:
        return "no_level", {"scale": scale.id, "id": change.value, "offered": order}
    now, then = order.index(str(change.expect)), order.index(str(change.value))
    if change.operation == "strengthen":
        return None if then > now else ("overlay_direction", {"value": change.value})
    if then >= now:
        return "overlay_direction", {"value": change.value}
    tunable = rule.tunable
    if tunable is None or tunable.scale != scale.id or then < order.index(tunable.lowest):
        return "overlay_not_tunable", {}
    return _unsigned(change)


def _unsigned(change: Change) -> Fault | None:
    given = (change.authority, change.reason, change.date)
    return None if all(given) else ("overlay_authority", {})


def _changed(thing: Any, change: Change) -> Any:  # noqa: ANN401
    more: Any = change.when  # a narrowing or widening without it has been refused
    match change.operation:
        case "strengthen" | "weaken":
            scale = change.field.removeprefix("raise.")
            raises = (
                replace(r, level=change.value) if r.scale == scale else r for r in thing.raises
            )
            return replace(thing, raises=tuple(raises))
        case "narrow":
            return replace(thing, when=All((thing.when, more)))
        case "widen":
            return replace(thing, when=AnyOf((thing.when, more)))
        case "retire":
            return replace(thing, retired=True)
        case "translate":
            name, _, language = change.field.partition(".")
            text = replace(getattr(thing, name), **{language: change.value})
            return replace(thing, **{name: text})
    return replace(thing, **{change.field: change.value})


def _words(value: object) -> str:
    return f"{value.zh}／{value.en}" if isinstance(value, Text) else str(value)


def _pack(
    framework: Framework,
    questionnaire: Questionnaire,
    shelf: Shelf,
    overlays: tuple[str, ...],
    origins: Mapping[str, str],
) -> Pack:
    numbers = {one.id: one.value for one in shelf["parameters"].values()}
    every: dict[str, Any] = {
        kind: tuple(with_numbers(one, numbers) for one in shelf[kind].values())
        for kind in FRAMEWORK_KINDS
    }
    whole = replace(framework, **every, applies=with_numbers(framework.applies, numbers))
    order = list(shelf["sections"])
    questions = [_asked(with_numbers(one, numbers)) for one in shelf["questions"].values()]
    questions.sort(key=lambda one: order.index(one.section))
    asked = replace(
        questionnaire, sections=tuple(shelf["sections"].values()), questions=tuple(questions)
    )
    return Pack(whole, asked, overlays, pack_digest(whole, asked, overlays), dict(origins))


def _asked(question: Question) -> Question:
    """A retired question keeps its id and is never shown."""
    never: Condition = AnyOf(())
    return replace(question, show=never) if question.retired else question
