"""What overlays changed in a base, value by value, with who ordered it and why."""

from __future__ import annotations

from collections.abc import Sequence

from risk_kit import prose
from risk_kit.difference import Difference, differences
from risk_kit.forms import All, AnyOf, Condition
from risk_kit.layers import Overlay
from risk_kit.model import Pack, Raise
from risk_kit.rulebook_clauses import clause, in_line
from risk_kit.rulebook_rows import Changed
from risk_kit.rulebook_told import Teller
from risk_kit.rulebook_words import WORDS, joined


def changes(teller: Teller, base: Pack | None, overlays: Sequence[Overlay]) -> tuple[Changed, ...]:
    """Every value of `base` that differs in the pack. Without a base there is nothing to tell."""
    found = differences(base, teller.pack) if base is not None else ()
    return tuple(
        _changed(teller, base, one, overlays)
        for one in found
        if base is not None and one.sort == "changed"
    )


def _changed(teller: Teller, base: Pack, one: Difference, overlays: Sequence[Overlay]) -> Changed:
    orders = [
        (overlay.id, change)
        for overlay in overlays
        for change in overlay.changes
        if (change.kind, change.id) == (one.kind, one.id)
    ]
    layers = tuple(dict.fromkeys(ident for ident, _ in orders))
    signed = [change for _, change in orders if change.authority or change.reason]
    key = f"field.{one.field}"
    return Changed(
        layers=layers,
        layer_words=joined([teller.layer(ident) for ident in layers], teller.language),
        kind=teller.say(one.kind),
        id=one.id,
        thing=title_of(teller, one),
        field=teller.say(key) if key in WORDS else one.field,
        before=told(base, one.before, teller),
        after=after(teller, one),
        authority="；".join(teller.of(change.authority) for change in signed),
        reason="；".join(teller.of(change.reason) for change in signed),
        date="；".join(teller.day(change.date) for change in signed),
    )


def title_of(teller: Teller, one: Difference) -> str:
    """What the thing is called in the teller's pack."""
    pack = teller.pack
    inside = pack.questionnaire if one.kind in {"sections", "questions"} else pack.framework
    thing = next((it for it in getattr(inside, one.kind) if it.id == one.id), None)
    for name in ("title", "label", "text"):
        if hasattr(thing, name):
            return teller.of(getattr(thing, name))
    return one.id


def after(teller: Teller, one: Difference) -> str:
    """The new value; of a condition that was widened or narrowed only what came to it."""
    for form, key in ((AnyOf, "widened"), (All, "narrowed")):
        more = _more(one.before, one.after, form)
        if more:
            parts = "；".join(told(teller.pack, part, teller) for part in more)
            return teller.say(key, more=parts)
    return told(teller.pack, one.after, teller)


def _more(before: object, after: object, form: type[AnyOf | All]) -> tuple[Condition, ...]:
    """What was joined to `before`, once or several times, to make `after`; else nothing."""
    found: tuple[Condition, ...] = ()
    while isinstance(after, form) and after.parts and after != before:
        found = (*after.parts[1:], *found)
        after = after.parts[0]
    return found if after == before else ()


def told(pack: Pack, value: object, teller: Teller) -> str:
    """Any value of a pack in words."""
    if isinstance(value, prose.CONDITIONS):
        condition: Condition = value
        return in_line(clause(pack, condition, teller.language), teller.language)
    if isinstance(value, tuple) and value and all(isinstance(one, Raise) for one in value):
        return "；".join(_level(pack, one, teller) for one in value)
    return prose.anything(pack, value, teller.language)


def _level(pack: Pack, one: Raise, teller: Teller) -> str:
    scale = pack.scales[one.scale]
    label = teller.of(scale.levels[scale.position(one.level)].label)
    return teller.say("raise_scale", scale=teller.of(scale.title), level=label)
