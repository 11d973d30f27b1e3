"""Sets of answers as whole numbers, and how the sets that carry a condition follow from its parts'.

Truths only grow with answers, so what carries a truth is an up-closed family: its smallest members
say all. The first question of a pack is the highest bit. Of two sets the better is the smaller, then
the one whose questions come first; with that bit order, the larger number.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations
from typing import Final, NamedTuple

from risk_kit.domain import OPEN, YES, Truth

MOST_SETS: Final = 64
MOST_STEPS: Final = 1024


class Carried(NamedTuple):
    """A truth and the smallest sets of answers that carry it, best first; none while it is open.

    `exact`: no set is missing. `loose`: built part by part, one set, maybe larger than needed.
    """

    truth: Truth
    sets: tuple[int, ...]
    exact: bool = True
    loose: bool = False


UNDECIDED: Final = Carried(OPEN, ())
ALWAYS: Final = Carried(YES, (0,))


def order(some: int) -> tuple[int, int]:
    """Fewer first, then those that come first in the pack."""
    return some.bit_count(), -some


def smallest(sets: Iterable[int]) -> list[int]:
    """The sets that contain no other, best first; at most one more than `MOST_SETS`."""
    distinct = set(sets)
    if len(distinct) == 1 or 0 in distinct:
        return [min(distinct)]
    found: list[int] = []
    for some in sorted(sorted(distinct, reverse=True), key=int.bit_count):  # by `order`, faster
        for other in found:
            if other & some == other:
                break
        else:
            found.append(some)
            if len(found) > MOST_SETS:
                break
    return found


def kept(truth: Truth, sets: Iterable[int], *, exact: bool) -> Carried:
    """The best of the sets, and whether that is all of them."""
    found = smallest(sets)
    return Carried(truth, tuple(found[:MOST_SETS]), exact and len(found) <= MOST_SETS)


def joined(parts: Sequence[Carried], truth: Truth) -> Carried:
    """A condition that has the truth when every part has it, and the other when one part has that."""
    against = [part for part in parts if part.truth == YES - truth]
    if against:
        return either(against)
    if any(part.truth == OPEN for part in parts):
        return UNDECIDED
    return every(parts, truth)


def either(parts: Sequence[Carried]) -> Carried:
    """One of the parts, all of one truth, suffices. Loose parts count where there are no others."""
    if len(parts) == 1:
        return parts[0]
    tight = [part for part in parts if not part.loose]
    exact = len(tight) == len(parts) and all(part.exact for part in parts)
    if not tight:
        return loosely(parts[0].truth, [min((part.sets[0] for part in parts), key=order)])
    return kept(tight[0].truth, [some for part in tight for some in part.sets], exact=exact)


def every(parts: Sequence[Carried], truth: Truth) -> Carried:
    """All the parts are needed."""
    if any(part.loose for part in parts):
        return loosely(truth, [part.sets[0] for part in parts])
    core, rest = 0, []
    for part in parts:
        if len(part.sets) == 1:
            core |= part.sets[0]
        else:
            rest.append(part)
    found = Carried(truth, (core,), all(part.exact for part in parts))
    for part in rest:
        pairs = [one | other for one in found.sets for other in part.sets]
        found = kept(truth, pairs, exact=found.exact)
    return found


def some(parts: Sequence[Carried], needed: int, truth: Truth) -> Carried:
    """`needed` of the parts, all of one truth, suffice."""
    if needed <= 0:
        return Carried(truth, (0,))
    if needed == 1:
        return either(parts)
    if needed == len(parts):
        return every(parts, truth)
    if any(part.loose for part in parts) or needed * len(parts) > MOST_STEPS:
        best = sorted((part.sets[0] for part in parts), key=order)
        return loosely(truth, best[:needed])
    ways = [Carried(truth, (0,)), *[Carried(truth, ())] * needed]
    for part in parts:
        for count in range(needed, 0, -1):
            pairs = [one | other for one in ways[count - 1].sets for other in part.sets]
            exact = ways[count].exact and ways[count - 1].exact and part.exact
            ways[count] = kept(truth, [*ways[count].sets, *pairs], exact=exact)
    return ways[needed]


def loosely(truth: Truth, sets: Iterable[int]) -> Carried:
    """All those sets together, without looking for better."""
    whole = 0
    for one in sets:
        whole |= one
    return Carried(truth, (whole,), exact=False, loose=True)


def subsets(bits: Sequence[int]) -> list[int]:
    """Every choice among the bits, smallest first."""
    sizes = range(len(bits) + 1)
    return [sum(chosen) for size in sizes for chosen in combinations(bits, size)]
