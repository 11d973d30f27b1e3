"""How much of a pack there is, on which basis it stands, and how much of it was checked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from risk_kit.model import Item, Obligation, Question, Rule
from risk_kit.rulebook_rows import Counts, Reference, RuleRow, Share
from risk_kit.rulebook_told import Teller

_BARE: Final = ("criteria", "sources", "parameters")
_BASED = Rule | Question | Obligation | Item


def counts(teller: Teller, rules: Sequence[RuleRow], groups: Sequence[Reference]) -> Counts:
    """Numbers of things; shares of official, guidance and toolkit; rules in each group."""
    framework, asked = teller.pack.framework, teller.pack.questionnaire.questions
    shares = (
        _share(teller, "questions", asked),
        _share(teller, "rules", framework.rules),
        _share(teller, "obligations", framework.obligations),
        _share(teller, "items", framework.items),
    )
    checked = sum(one.verified for one in framework.sources)
    bare = {kind: len(getattr(framework, kind)) for kind in _BARE}
    things = [(one.kind, one.title, one.total) for one in shares]
    things += [(kind, teller.say(kind), number) for kind, number in bare.items()]
    found = Counter(row.group for row in rules)
    return Counts(
        things=tuple(things),
        shares=shares,
        sources_checked=checked,
        groups=tuple((one.id, one.title, found[one.id]) for one in groups if found[one.id]),
    )


def _share(teller: Teller, kind: str, things: Sequence[_BASED]) -> Share:
    found = Counter(one.basis for one in things)
    marked = [one.verified for one in things if not isinstance(one, Question)]
    return Share(
        kind=kind,
        title=teller.say(kind),
        total=len(things),
        official=found["official"],
        guidance=found["guidance"],
        toolkit=found["toolkit"],
        verified=None if kind == "questions" else sum(marked),
    )
