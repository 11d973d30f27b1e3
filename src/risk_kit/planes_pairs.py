"""What every two changes of answers would do to the tier, all pairs in one run of the planes."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from risk_kit.model import Value
from risk_kit.planes import Levels, PlaneProgram, alternatives

One: TypeAlias = tuple[str, Value]


@dataclass(frozen=True, slots=True)
class Pairs:
    """The single changes, and the levels of all pairs of them: case `i * n + j` makes i, then j."""

    singles: tuple[One, ...]
    levels: Levels

    def rising(self, level: int, top: int) -> Iterator[tuple[One, One]]:
        """Pairs of changes to two questions after which the lower bound lies in `level..top`."""
        low = self.levels.low
        beyond = low[top] if top < len(low) else 0
        return self._pairs(low[level - 1] & ~beyond & ~self.levels.outside)

    def below(self, level: int) -> Iterator[tuple[One, One]]:
        """Pairs after which there is a tier, and its upper bound is lower than that level."""
        every = (1 << len(self.singles) ** 2) - 1
        return self._pairs(every & ~self.levels.high[level - 1] & ~self.levels.outside)

    def _pairs(self, cases: int) -> Iterator[tuple[One, One]]:
        n = len(self.singles)
        while cases:
            lowest = cases & -cases
            first, second = divmod(lowest.bit_length() - 1, n)
            if first < second and self.singles[first][0] != self.singles[second][0]:
                yield self.singles[first], self.singles[second]
            cases ^= lowest


def pairs(program: PlaneProgram, values: Mapping[str, Value], of: Container[str]) -> Pairs:
    """All pairs of single changes (see `single_changes`) of some questions: n² cases for n."""
    singles: list[One] = []
    spans: list[tuple[int, int]] = []
    for question, one in program.inputs.items():
        start = len(singles)
        if question in of:
            singles += [(question, value) for value in alternatives(one, values.get(question))]
        spans.append((start, len(singles)))
    planes: list[int] = []
    for (question, one), span in zip(program.inputs.items(), spans, strict=True):
        masks = [one.mask(value) for _, value in singles[span[0] : span[1]]]
        now = one.mask(values.get(question))
        planes += _planes(now, masks, span, len(singles), one.count)
    found = program.run_planes(tuple(planes), len(singles) ** 2)
    return Pairs(tuple(singles), found)


def _planes(now: int, masks: list[int], span: tuple[int, int], n: int, count: int) -> Iterator[int]:
    """The planes of one question: the later change counts, else the earlier one, else as now."""
    start, stop = span
    own, row = (1 << stop) - (1 << start), (1 << n) - 1
    others = sum(1 << n * i for i in range(n) if not start <= i < stop)
    for place in range(count):
        inside = sum(1 << start + k for k, mask in enumerate(masks) if mask >> place & 1)
        later = inside | (row ^ own if now >> place & 1 else 0)
        plane = later * others
        for k, mask in enumerate(masks):
            earlier = inside | (row ^ own if mask >> place & 1 else 0)
            plane |= earlier << n * (start + k)
        yield plane
