"""Whether two packs come to the same in every answer set, open answers included.

Both are laid out as circuits over the same input planes; the solver looks for an answer set in which
a rule, what is asked, a level reached or the scope differs. Needs the extra `prove`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import z3

from risk_kit.model import Question
from risk_kit.planes_circuit import Circuit, Gate
from risk_kit.planes_inputs import Inputs, distance
from risk_kit.prove_encoding import FALSE, TRUE


class Logic:
    """The gates of a circuit as formulas, and the solver that knows which answers can be given."""

    def __init__(
        self, circuit: Circuit, inputs: Mapping[str, Inputs], milliseconds: int = 5000
    ) -> None:
        self.circuit = circuit
        self.inputs = inputs
        self.solver = z3.SolverFor("QF_FD")
        self.solver.set("timeout", milliseconds)
        count = sum(one.count for one in inputs.values())
        self.planes = [z3.Bool(f"p{number}") for number in range(count)]
        for one in inputs.values():
            self.solver.add(list(possible(one, self.planes[one.first : one.first + one.count])))
        self._formulas: list[z3.BoolRef] = [FALSE, TRUE]

    def formula(self, gate: Gate) -> z3.BoolRef:
        """A gate as a formula over the input planes."""
        made = self._formulas
        for sign, one, other in self.circuit.gates[len(made) :]:
            if sign == "in":
                made.append(self.planes[one])
            elif sign == "&":
                made.append(z3.And(made[one], made[other]))
            elif sign == "|":
                made.append(z3.Or(made[one], made[other]))
            else:
                made.append(z3.Xor(made[one], made[other]))
        return made[gate]

    def cut(self, length: Gate) -> None:
        """Forget the formulas from a gate on."""
        del self._formulas[length:]

    def differ(self, pairs: Iterable[tuple[Gate, Gate]]) -> bool | None:
        """Whether some answer set sets two gates of a pair apart; None when not finished."""
        apart = [(one, other) for one, other in pairs if one != other]
        if not apart:
            return False
        wanted = z3.Or([z3.Xor(self.formula(one), self.formula(other)) for one, other in apart])
        self.solver.push()
        self.solver.add(wanted)
        answer = self.solver.check()
        self.solver.pop()
        return None if answer == z3.unknown else answer == z3.sat


def possible(one: Inputs, planes: list[z3.BoolRef]) -> Iterator[z3.BoolRef]:
    """What holds of the planes of a question whatever is answered, or nothing is."""
    match one.question.kind:
        case "yes_no" | "one_of":
            yield z3.AtMost(*planes, 1)
        case "many_of":
            yield from _chosen(one.question, planes[0], planes[1:])
        case "whole_number" | "date":
            bits = planes[1:]
            yield from (z3.Implies(bit, planes[0]) for bit in bits)
            if bits:
                weighed = [(bit, 1 << place) for place, bit in enumerate(bits)]
                yield z3.PbLe(weighed, distance(one.question))


def _chosen(
    question: Question, answered: z3.BoolRef, options: list[z3.BoolRef]
) -> Iterator[z3.BoolRef]:
    alone = [
        plane for option, plane in zip(question.options, options, strict=True) if option.exclusive
    ]
    yield from (z3.Implies(plane, answered) for plane in options)
    for plane in alone:
        yield from (z3.Not(z3.And(plane, other)) for other in options if other is not plane)
    if alone:
        yield z3.Implies(answered, z3.Or(options))
