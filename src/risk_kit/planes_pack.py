"""Byte columns → planes and back, by turning squares of eight by eight bits, in whole numbers only.

A block is cut into eight runs of cases. Case i of run j is bit 8·i + j of every plane.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from risk_kit.planes_inputs import OPEN_CODE, Codes, Inputs

Columns: TypeAlias = Mapping[str, bytes]
Planes: TypeAlias = tuple[int, ...]
_WIDE: Final = 8
_STEPS: Final = ((4, 0x0F), (2, 0x33), (1, 0x55))
_COUNTS: Final = bytes(code.bit_count() for code in range(256))


@dataclass(frozen=True, slots=True)
class Lane:
    """Eight planes that are made together: the columns they come from, and the number of each."""

    columns: tuple[tuple[str, bytes], ...]
    planes: tuple[int, ...]


def lanes_of(inputs: Mapping[str, Inputs]) -> tuple[Lane, ...]:
    """All input planes in lanes of up to eight; the largest pieces are placed first."""
    pieces = sorted((p for one in inputs.values() for p in _pieces(one)), key=lambda p: -len(p[1]))
    open_lanes: list[list[tuple[str, list[tuple[int, Codes]]]]] = []
    for piece in pieces:
        fits = (
            lane for lane in open_lanes if sum(len(p) for _, p in lane) + len(piece[1]) <= _WIDE
        )
        lane = next(fits, None)
        if lane is None:
            open_lanes.append(lane := [])
        lane.append(piece)
    return tuple(map(_lane, open_lanes))


def _pieces(one: Inputs) -> list[tuple[str, list[tuple[int, Codes]]]]:
    """The planes of a question by column, at most eight at a time."""
    by_column: dict[str, list[tuple[int, Codes]]] = {}
    for place, (column, codes) in enumerate(one.spots()):
        by_column.setdefault(column, []).append((one.first + place, codes))
    return [
        (c, found[i : i + 8]) for c, found in by_column.items() for i in range(0, len(found), 8)
    ]


def _lane(pieces: Sequence[tuple[str, list[tuple[int, Codes]]]]) -> Lane:
    columns: list[tuple[str, bytes]] = []
    planes: list[int] = []
    for column, found in pieces:
        table = bytearray(256)
        for plane, codes in found:
            bit = 1 << len(planes)
            planes.append(plane)
            for code in codes:
                table[code] |= bit
        columns.append((column, bytes(table)))
    return Lane(tuple(columns), tuple(planes))


def packed(lanes: Sequence[Lane], columns: Columns, start: int, stop: int) -> Planes:
    """The input planes of the cases `start..stop` of byte columns; raises KeyError for a missing one.

    The last run is filled up with cases that have no answers.
    """
    fill = bytes([OPEN_CODE]) * (-(stop - start) % 8)
    size = (stop - start + len(fill)) // 8
    planes = [0] * sum(len(lane.planes) for lane in lanes)
    for lane in lanes:
        words = [0] * 8
        for column, table in lane.columns:
            data = (columns[column][start:stop] + fill).translate(table)
            for run in range(8):
                words[run] |= int.from_bytes(data[run * size : (run + 1) * size], "little")
        turned = _turned(words, size)
        for place, plane in enumerate(lane.planes):
            planes[plane] = turned[place]
    return tuple(planes)


def counted(planes: Sequence[int], cases: int) -> bytes:
    """For each case one byte: how many of the planes have its bit."""
    if not planes:
        return bytes(cases)
    size = -(-cases // 8)
    parts = []
    for first in range(0, len(planes), 8):
        some = [*planes[first : first + 8], *[0] * 8][:8]
        whole = b"".join(word.to_bytes(size, "little") for word in _turned(some, size))
        parts.append(whole[:cases].translate(_COUNTS))
    return parts[0] if len(parts) == 1 else bytes(map(sum, zip(*parts, strict=True)))


def _turned(words: Sequence[int], size: int) -> list[int]:
    """Eight words of `size` bytes: bit j of byte i of word k goes to bit k of byte i of word j."""
    found = list(words)
    for shift, pattern in _STEPS:
        mask = int.from_bytes(bytes([pattern]) * size, "little")
        for low in range(8):
            if not low & shift:
                one, other = found[low], found[low + shift]
                swap = (one >> shift ^ other) & mask
                found[low + shift] = other ^ swap
                found[low] = one ^ swap << shift
    return found
