"""A circuit → one straight-line function over whole numbers. Locals are used again once read out."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from risk_kit.compile_nodes import (
    Expression,
    const,
    function,
    name,
    operate,
    put,
    result,
    row,
)
from risk_kit.planes_circuit import ALWAYS, NEVER, Circuit, Gate

Run: TypeAlias = Callable[[tuple[Sequence[int], int]], tuple[int, ...]]
MOST_NESTED: Final = 24
_SIGNS: Final[Mapping[str, type[ast.operator]]] = {
    "&": ast.BitAnd,
    "|": ast.BitOr,
    "^": ast.BitXor,
}


def written(circuit: Circuit, outputs: Sequence[Gate], inputs: int) -> Run:
    """A function of (input planes, mask with a bit for every case) that gives the output planes."""
    return _Writer(circuit, outputs).function(inputs)


class _Writer:
    """Gates read once are written where they are read; the others get a local while they are needed."""

    def __init__(self, circuit: Circuit, outputs: Sequence[Gate]) -> None:
        self.gates = circuit.gates
        self.outputs = outputs
        self.uses = _uses(circuit, outputs)
        self.kept = self._kept()
        self.local: dict[Gate, str] = {}
        self.free: list[str] = []
        self.made = 0

    def function(self, inputs: int) -> Run:
        """The whole function."""
        head = ["inputs", "every"]
        body = [put(head, name("given")), put([f"i{n}" for n in range(inputs)], name("inputs"))]
        left = self._left()
        for gate in self.kept:
            value = self._write(gate)
            for read in set(self._read(gate)):
                left[read] -= 1
                if not left[read] and read not in self.outputs:
                    self.free.append(self.local[read])
            self.local[gate] = self._take()
            body.append(put(self.local[gate], value))
        body.append(result(row([self._name(gate) for gate in self.outputs])))
        return function("assess_planes", "given", body if inputs else [body[0], *body[2:]], {})

    def _kept(self) -> list[Gate]:
        """The gates that get a local, in order: read more than once, put out, or nested too deep."""
        kept, depth = [], [0] * len(self.gates)
        outputs = set(self.outputs)
        for gate, (sign, one, other) in enumerate(self.gates):
            if sign == "in" or not self.uses[gate]:
                continue
            depth[gate] = 1 + max(depth[one], depth[other])
            if self.uses[gate] > 1 or gate in outputs or depth[gate] >= MOST_NESTED:
                kept.append(gate)
                depth[gate] = 0
        return kept

    def _left(self) -> dict[Gate, int]:
        """How many statements still read each local."""
        mine = set(self.kept)
        left = dict.fromkeys(self.kept, 0)
        self._is_kept = mine
        for gate in self.kept:
            for read in set(self._read(gate)):
                left[read] += 1
        return left

    def _read(self, gate: Gate) -> list[Gate]:
        """The locals that the statement of a gate reads."""
        _, one, other = self.gates[gate]
        found: list[Gate] = []
        for part in (one, other):
            if part in self._is_kept:
                found.append(part)
            elif self.gates[part][0] != "in":
                found += self._read(part)
        return found

    def _write(self, gate: Gate) -> Expression:
        sign, one, other = self.gates[gate]
        return operate(self._name(one), _SIGNS[sign](), self._name(other))

    def _name(self, gate: Gate) -> Expression:
        if gate == NEVER:
            return const(0)
        if gate == ALWAYS:
            return name("every")
        if gate in self.local:
            return name(self.local[gate])
        sign, one, _ = self.gates[gate]
        return name(f"i{one}") if sign == "in" else self._write(gate)

    def _take(self) -> str:
        if self.free:
            return self.free.pop()
        self.made += 1
        return f"g{self.made}"


def _uses(circuit: Circuit, outputs: Sequence[Gate]) -> list[int]:
    """How often each gate is read by what the outputs need."""
    uses = [0] * len(circuit.gates)
    for gate in outputs:
        uses[gate] += 1
    for gate in range(len(circuit.gates) - 1, ALWAYS, -1):
        sign, one, other = circuit.gates[gate]
        if uses[gate] and sign != "in":
            uses[one] += 1
            uses[other] += 1
    return uses
