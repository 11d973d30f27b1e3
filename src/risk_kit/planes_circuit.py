"""A circuit of and, or, xor over planes. A plane is a whole number with one bit for each case.

Equal gates are made once and known ones never; a gate is named by its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

Gate: TypeAlias = int
Sign: TypeAlias = Literal["in", "&", "|", "^"]
NEVER: Final[Gate] = 0
ALWAYS: Final[Gate] = 1


@dataclass(frozen=True, slots=True)
class Form:
    """A bit-sliced number: `least` plus the weight of every plane whose bit is set; weights > 0."""

    least: int
    planes: tuple[tuple[Gate, int], ...] = ()

    def plus(self, other: Form) -> Form:
        """The sum."""
        return Form(self.least + other.least, self.planes + other.planes)


@dataclass(slots=True)
class Circuit:
    """Gates in order of making; 0 is never and 1 is always set, then inputs and results."""

    gates: list[tuple[Sign, int, int]] = field(
        default_factory=lambda: [("in", -1, 0), ("in", -1, 1)]
    )
    _places: dict[tuple[Sign, int, int], Gate] = field(default_factory=dict)

    def input(self, number: int) -> Gate:
        """The plane of that number among the inputs."""
        return self._gate("in", number, 0)

    def both(self, one: Gate, other: Gate) -> Gate:
        """Where both are set."""
        one, other = sorted((one, other))
        if one in (NEVER, other):
            return one
        return other if one == ALWAYS else self._gate("&", one, other)

    def either(self, one: Gate, other: Gate) -> Gate:
        """Where one of them is set."""
        one, other = sorted((one, other))
        if one in (ALWAYS, other):
            return one
        return other if one == NEVER else self._gate("|", one, other)

    def differ(self, one: Gate, other: Gate) -> Gate:
        """Where just one is set; so also *one and not other* where `other` is part of `one`."""
        one, other = sorted((one, other))
        if one == other:
            return NEVER
        if one == NEVER:
            return other
        sign, first, second = self.gates[other]
        if one == ALWAYS and sign == "^" and first == ALWAYS:
            return second
        return self._gate("^", one, other)

    def every(self, planes: Iterable[Gate]) -> Gate:
        """Where all are set."""
        found = ALWAYS
        for plane in planes:
            found = self.both(found, plane)
        return found

    def some(self, planes: Iterable[Gate]) -> Gate:
        """Where any is set."""
        found = NEVER
        for plane in planes:
            found = self.either(found, plane)
        return found

    def reaches(self, form: Form, least: int) -> Gate:
        """Where the number is at least `least`."""
        wanted = least - form.least
        if wanted <= 0:
            return ALWAYS
        if wanted > sum(weight for _, weight in form.planes):
            return NEVER
        return self.compare(self.sliced(form), wanted)

    def compare(self, bits: Sequence[Gate], wanted: int) -> Gate:
        """Where the number with those bits, lowest first, is at least `wanted`."""
        if wanted >> len(bits):
            return NEVER
        found = ALWAYS
        for place, bit in enumerate(bits):
            found = self.both(bit, found) if wanted >> place & 1 else self.either(bit, found)
        return found

    def sliced(self, form: Form) -> list[Gate]:
        """The bits of the number above its least, lowest first, by carry-save addition."""
        columns: list[list[Gate]] = []
        for plane, weight in form.planes:
            for place in range(weight.bit_length()):
                if weight >> place & 1 and plane != NEVER:
                    _column(columns, place).append(plane)
        place = 0
        while place < len(columns):
            waiting = columns[place]
            while len(waiting) > 1:
                bit, carry = self._add(waiting)
                waiting.append(bit)
                _column(columns, place + 1).append(carry)
            place += 1
        return [column[0] if column else NEVER for column in columns]

    def _add(self, waiting: list[Gate]) -> tuple[Gate, Gate]:
        """Take the two or three planes that have waited longest: their sum bit and carry."""
        one, other = waiting.pop(0), waiting.pop(0)
        half = self.differ(one, other)
        carry = self.both(one, other)
        if not waiting:
            return half, carry
        third = waiting.pop(0)
        return self.differ(half, third), self.either(carry, self.both(half, third))

    def shorten(self, length: int) -> None:
        """Take away the gates from a place on, which nothing kept may name."""
        for key in self.gates[length:]:
            del self._places[key]
        del self.gates[length:]

    def _gate(self, sign: Sign, one: int, other: int) -> Gate:
        key = (sign, one, other)
        if key not in self._places:
            self._places[key] = len(self.gates)
            self.gates.append(key)
        return self._places[key]


def _column(columns: list[list[Gate]], place: int) -> list[Gate]:
    while len(columns) <= place:
        columns.append([])
    return columns[place]
