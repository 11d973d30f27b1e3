"""A condition as text in an expression language. Peers take text; risk_kit never does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from risk_kit.forms import (
    All,
    AnyOf,
    AtLeast,
    Between,
    Chosen,
    Condition,
    Equals,
    Not,
    Score,
)


@dataclass(frozen=True)
class Language:
    """How a language writes what the job needs. `inside`: membership; `count`: 1 or 0 of a truth."""

    both: str = "&&"
    either: str = "||"
    negate: str = "!({})"
    inside: str = "{item} in {holder}"
    listed: str = "[{}]"
    count: str = "({} ? 1 : 0)"
    score: str = "{}"
    yes: str = "{}"
    variable: str = "{}"

    def write(self, condition: Condition) -> str:  # noqa: C901 - a case a form
        """The text of a condition."""
        match condition:
            case All(parts):
                return self._joined(self.both, parts)
            case AnyOf(parts):
                return self._joined(self.either, parts)
            case Not(part):
                return self.negate.format(self.write(part))
            case AtLeast(n, parts):
                return self._counted([self.write(part) for part in parts], n)
            case Equals(question, (bool() as wanted,)):
                truth = self.yes.format(self.variable.format(question))
                return truth if wanted else self.negate.format(truth)
            case Equals(question, values):
                return self._one_of(self.variable.format(question), [str(v) for v in values])
            case Between(question, low, None):
                return f"({self.variable.format(question)} >= {low})"
            case Between(question, None, high):
                return f"({self.variable.format(question)} <= {high})"
            case Chosen(question, options, least, None):
                holder = self.variable.format(question)
                tests = [self._in(quoted(option), holder) for option in options]
                return self._counted(tests, least)
            case Score(dimension, threshold):
                raise ValueError(f"{dimension}.{threshold}: a gate writes its score itself")
        raise ValueError(f"not in the job: {condition}")

    def _joined(self, word: str, parts: Sequence[Condition]) -> str:
        return "(" + f" {word} ".join(self.write(part) for part in parts) + ")"

    def _counted(self, tests: Sequence[str], least: int) -> str:
        if least == 1:
            return "(" + f" {self.either} ".join(tests) + ")"
        if least == len(tests):
            return "(" + f" {self.both} ".join(tests) + ")"
        return "(" + " + ".join(self.count.format(one) for one in tests) + f" >= {least})"

    def _one_of(self, variable: str, values: Sequence[str]) -> str:
        if len(values) == 1:
            return f"({variable} == {quoted(values[0])})"
        return self._in(variable, self.listed.format(", ".join(map(quoted, values))))

    def _in(self, item: str, holder: str) -> str:
        return "(" + self.inside.format(item=item, holder=holder) + ")"


def quoted(word: str) -> str:
    """A string literal; ids of the job need no escapes."""
    return f"'{word}'"
