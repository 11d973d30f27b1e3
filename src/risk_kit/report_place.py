"""The place on the spectrum in words: how many answers away the neighbouring levels are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from risk_kit import wording
from risk_kit.assess import LevelRange
from risk_kit.distance import Distance, Nearest
from risk_kit.document import Language
from risk_kit.model import Pack, Text
from risk_kit.whatif import Change

_WAY: Final = {
    "up": Text("距上一級「{level}」", "To the level above, “{level}”"),
    "down": Text("距下一級「{level}」", "To the level below, “{level}”"),
    "edge": Text("判斷的影響", "Weight of estimates"),
}
_FAR: Final[dict[int | None, Text]] = {
    1: Text(
        "緊鄰：改變一項可調整的設計或估計即到。例如：{way}。",
        "Next to it: one design choice or estimate away. For example: {way}.",
    ),
    2: Text(
        "接近：改變兩項可調整的設計或估計即到。例如：{way}。",
        "Near: two design choices or estimates away. For example: {way}.",
    ),
    None: Text(
        "有距離：須改變三項以上，或須改變事實本身。",
        "Some way off: three or more of them, or the facts themselves, would have to change.",
    ),
}
_EDGE: Final = Text(
    "邊界：一項估計移動一級，級距即改變。例如：{way}。",
    "On the edge: one estimate moved by one step changes the level. For example: {way}.",
)
_FIRM: Final = Text(
    "穩定：任何一項估計移動一級，級距都不改變。",
    "Firm: no single estimate moved by one step changes the level.",
)


def place_rows(
    pack: Pack, tier: LevelRange, found: Distance, language: Language
) -> Iterator[tuple[str, str]]:
    """(what, how far) for the level above and the level below the upper bound, and the estimates.

    How firm estimates are is told of one level only: while answers are missing, nothing is firm.
    """
    if tier.high is None:
        return
    at = pack.main_scale.position(tier.high)
    for key, one, to in (("up", found.up, at + 1), ("down", found.down, at - 1)):
        if one is not None:
            level = wording.of(pack.main_scale.levels[to].label, language)
            yield wording.of(_WAY[key], language).format(level=level), _far(pack, one, language)
    if not tier.decided:
        return
    ways = [effect.changes for effect in found.edge]
    text = _EDGE if ways else _FIRM
    told = _told(pack, ways[0], language) if ways else ""
    yield wording.of(_WAY["edge"], language), wording.of(text, language).format(way=told)


def _far(pack: Pack, one: Nearest, language: Language) -> str:
    way = _told(pack, one.ways[0], language) if one.ways else ""
    return wording.of(_FAR[one.count], language).format(way=way)


def _told(pack: Pack, changes: tuple[Change, ...], language: Language) -> str:
    joint = "，且" if language == "zh" else ", and "
    return joint.join(wording.change(pack, one, language) for one in changes)
