"""Conditions → one fast function per pack and day, equal to the tree walk on every answer set.

`program(pack, as_of).run(values)` gives what `assess` builds its ranges from. Two functions are
generated as syntax trees: one for fully answered sets, where every truth is plain yes or no, and one
that keeps "surely" and "possibly" apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from risk_kit.compile_code import Writer
from risk_kit.compile_facts import facts_of
from risk_kit.condition import in_force
from risk_kit.domain import Range, Truth
from risk_kit.model import Pack, Rule, Value

_Run: TypeAlias = Callable[[Mapping[str, Value]], "Outcome"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from one answer set, by position in the pack.

    `truths`: of each rule in force. `levels`: of each scale, the places of the lowest and highest
    level, or None when out of scope. `scores`: of each dimension, lowest and highest. `shown`: of
    each question.
    """

    truths: tuple[Truth, ...]
    applies: Truth
    levels: tuple[Range | None, ...]
    scores: tuple[Range, ...]
    shown: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class Program:
    """The compiled form of a pack on a day; `rules` are those in force, in pack order."""

    pack: Pack
    as_of: date
    rules: tuple[Rule, ...]
    _full: _Run
    _partial: _Run

    def run(self, values: Mapping[str, Value]) -> Outcome:
        """The outcome for checked values (unknown and absent are open). Raises KeyError for others."""
        try:
            return self._full(values)
        except (KeyError, TypeError):  # something is open
            return self._partial(values)


def program(pack: Pack, as_of: date) -> Program:
    """Compile a checked pack for a day."""
    rules = in_force(pack, as_of)
    facts = facts_of(pack, rules)
    full = Writer(facts, full=True).function(Outcome)
    return Program(pack, as_of, rules, full, Writer(facts, full=False).function(Outcome))
