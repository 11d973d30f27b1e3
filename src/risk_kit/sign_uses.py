"""Where an object of one revision is used: every path from the trailer that leads to it.

The library answers this too, by reading every object of the file and walking every path: most of
the time of a verification goes there. Here the references of an object are found by scanning its
bytes, and only paths that lead to the object asked for are walked. What is not written plainly
(object streams, comments, odd spacing, tagged structure) is left to the library.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from pyhanko.pdf_utils.generic import ArrayObject, DictionaryObject, IndirectObject, Reference
from pyhanko.pdf_utils.reader import HistoricalResolver, RawPdfPath

Node: TypeAlias = tuple[int, int]  # number and generation
Path: TypeAlias = tuple[str | int, ...]

_TRAILER: Final[Node] = (0, 0)  # no object has the number zero
_DEEPEST: Final = 40
_PAGES: Final = "/Pages"
_PLACED: Final = 2  # steps: /Kids and a place in it

_GAP: Final = rb"[ \t\r\n]"
_NAME: Final = rb"/[A-Za-z0-9_.+,:-]"
_NUMBER: Final = rb"[+-]?\d++(?:\.\d*+)?(?=[ \t\r\n\]/>])"
_VALUE: Final = (
    rb"(?:(?P<number>\d{1,8}) (?P<generation>\d{1,5}) R(?=[ \t\r\n\]/>])"
    rb"|(?P<leaf>" + _NUMBER + rb"|(?:true|false|null)(?=[ \t\r\n\]/>])"
    rb"|" + _NAME + rb"*+(?=[ \t\r\n\]/<>\[(])"
    rb"|\((?:[^()\\]|\\[nrtbf()\\0-7])*+\)|<[0-9A-Fa-f]*+>"
    rb"|\[(?:" + _GAP + rb"*+" + _NUMBER + rb")*+" + _GAP + rb"*+\])"
    rb"|(?P<open><<|\[))"
)
_ENTRY: Final = re.compile(_GAP + rb"*+(?P<key>" + _NAME + rb"++)" + _GAP + rb"*+" + _VALUE)
_ELEMENT: Final = re.compile(_GAP + rb"*+" + _VALUE)
_HEAD: Final = re.compile(rb"(\d{1,8}) (\d{1,5}) obj(?=[ \r\n<\[])")
_END: Final = re.compile(_GAP + rb"*+endobj")
_STREAM: Final = re.compile(_GAP + rb"*+stream\r?\n")
_STREAM_END: Final = re.compile(rb"[\r\n]*+endstream" + _GAP + rb"++endobj")
_END_OF_DICTIONARY: Final = re.compile(_GAP + rb"*+>>")
_END_OF_ARRAY: Final = re.compile(_GAP + rb"*+\]")


class NotPlain(Exception):
    """The revision is written in a way that is left to the library."""


@dataclass(frozen=True, slots=True)
class Links:
    """What one object refers to, each with the path inside it; and its own entries without any."""

    to: tuple[tuple[Path, Node], ...]
    entries: dict[str, bytes]


Known: TypeAlias = dict[tuple[int, Node], Links]
"""What was scanned at which offset."""


@dataclass(slots=True)
class _Opened:
    """A dictionary or array that is being scanned."""

    path: Path
    keyed: bool
    count: int = 0
    keys: set[str] = field(default_factory=set)


def scanned(data: bytes, at: int, node: Node) -> Links | None:
    """The references of the object at an offset of a file, None when it is not written plainly."""
    head = _HEAD.match(data, at)
    if head is None or (int(head[1]), int(head[2])) != node:
        return None
    value = _ELEMENT.match(data, head.end())
    if value is None or value["number"]:
        return None
    found: list[tuple[Path, Node]] = []
    entries: dict[str, bytes] = {}
    end: int | None = value.end()
    if value["open"]:
        end = _scan(data, value.end(), _Opened((), value["open"] == b"<<"), found, entries)
    plain = end is not None and _ends(data, end, entries)
    return Links(tuple(found), entries) if plain else None


def _scan(
    data: bytes,
    at: int,
    top: _Opened,
    found: list[tuple[Path, Node]],
    entries: dict[str, bytes],
) -> int | None:
    """Scan a dictionary or array to its end, which is returned."""
    opened = [top]
    while opened:
        now = opened[-1]
        end = (_END_OF_DICTIONARY if now.keyed else _END_OF_ARRAY).match(data, at)
        if end is not None:
            opened.pop()
            at = end.end()
            continue
        one = (_ENTRY if now.keyed else _ELEMENT).match(data, at)
        if one is None or len(opened) > _DEEPEST:
            return None
        at = one.end()
        step = one["key"].decode() if now.keyed else now.count
        if step in now.keys:
            return None
        now.count += 1
        if isinstance(step, str):
            now.keys.add(step)
        if one["number"]:
            found.append(((*now.path, step), (int(one["number"]), int(one["generation"]))))
        elif one["open"]:
            opened.append(_Opened((*now.path, step), one["open"] == b"<<"))
        elif isinstance(step, str) and now is top:
            entries[step] = one["leaf"]
    return at


def _ends(data: bytes, at: int, entries: dict[str, bytes]) -> bool:
    """Whether the object ends there, after its stream if it has one."""
    if _END.match(data, at):
        return True
    begun = _STREAM.match(data, at)
    length = entries.get("/Length", b"")
    if begun is None or not length.isdigit():
        return False
    return _STREAM_END.match(data, begun.end() + int(length)) is not None


class Uses:
    """The uses of objects in one revision.

    `known` keeps what was scanned for the other revisions of the same file. `check` is called at
    every step, and may end it. Raises NotPlain when the library has to answer for the revision.
    """

    def __init__(
        self, view: HistoricalResolver, data: bytes, known: Known, check: Callable[[], None]
    ) -> None:
        self._view, self._data, self._known, self._check = view, data, known, check
        self._links: dict[Node, Links] = {}
        self._from: dict[Node, list[tuple[Node, Path]]] = defaultdict(list)
        self._read_all()
        self._pages = dict(self._page_tree())

    def of(self, reference: Reference) -> set[RawPdfPath]:
        """Every path from the trailer to the object, none of which passes the same object twice.

        A page is entered by its place in the tree of pages only, as the library does.
        """
        wanted = (reference.idnum, reference.generation)
        useful = self._leading_to(wanted)
        if _TRAILER not in useful:
            return set()
        paths = self._paths(_TRAILER, (), frozenset(), wanted, useful)
        return {RawPdfPath(*path) for path in paths}

    def _paths(
        self, node: Node, path: Path, seen: frozenset[Node], wanted: Node, useful: set[Node]
    ) -> Iterator[Path]:
        self._check()
        for step, to in self._links[node].to:
            here = path + step
            if to == wanted:
                yield here
            elif to in useful and to not in seen and self._pages.get(to, here) == here:
                yield from self._paths(to, here, seen | {to}, wanted, useful)

    def _leading_to(self, wanted: Node) -> set[Node]:
        """The objects from which a path may lead to the one wanted."""
        found: set[Node] = set()
        left = [wanted]
        while left:
            to = left.pop()
            for node, step in self._from[to]:
                entered = to == wanted or self._pages.get(to, step)[-len(step) :] == step
                if entered and node not in found and node != wanted:
                    found.add(node)
                    left.append(node)
        return found

    def _read_all(self) -> None:
        """Follow every reference from the trailer once."""
        left = [_TRAILER]
        while left:
            node = left.pop()
            if node in self._links:
                continue
            links = self._links[node] = self._read(node)
            for step, to in links.to:
                self._from[to].append((node, step))
                left.append(to)

    def _read(self, node: Node) -> Links:
        if node == _TRAILER:
            return _without_parents(_links(self._view.trailer_view))
        self._check()
        reference = Reference(*node, self._view)
        at = self._view.reader.xrefs.get_historical_ref(reference, self._view.revision)
        if not isinstance(at, int):
            return _without_parents(_links(self._view.get_object(reference)))
        if (at, node) not in self._known:
            plain = scanned(self._data, at, node)
            read = plain or _links(self._view.get_object(reference))
            self._known[at, node] = _without_parents(read)
        return self._known[at, node]

    def _page_tree(self) -> Iterator[tuple[Node, Path]]:
        """Each node of the tree of pages, and the one path by which it is entered."""
        roots = [to for step, to in self._links[_TRAILER].to if step == ("/Root",)]
        root = self._links[roots[0]] if roots else Links((), {})
        tagged = "/StructTreeRoot" in root.entries
        tagged = tagged or any(step[0] == "/StructTreeRoot" for step, _ in root.to)
        tops = [to for step, to in root.to if step == (_PAGES,)]
        if tagged or not tops:
            raise NotPlain
        seen: set[Node] = set()
        left: list[tuple[Node, Path]] = [(tops[0], ("/Root", _PAGES))]
        while left:
            node, path = left.pop()
            if node in seen:
                raise NotPlain
            seen.add(node)
            yield node, path
            left += self._kids(node, path, top=node == tops[0])

    def _kids(self, node: Node, path: Path, *, top: bool) -> list[tuple[Node, Path]]:
        links = self._links[node]
        if any(step == ("/Type",) for step, _ in links.to):
            raise NotPlain
        if not top and links.entries.get("/Type") != b"/Pages":
            return []
        kids = [(step, to) for step, to in links.to if step[0] == "/Kids"]
        if not kids or any(len(step) != _PLACED for step, _ in kids):
            raise NotPlain
        return [(to, path + step) for step, to in kids]


def _without_parents(links: Links) -> Links:
    """A way up says nothing new of where an object is used."""
    return Links(tuple(one for one in links.to if "/Parent" not in one[0]), links.entries)


def _links(value: object) -> Links:
    """The references of an object that the library has read."""
    found = () if isinstance(value, IndirectObject) else tuple(_walked(value, ()))
    entries: dict[str, bytes] = {}
    if isinstance(value, DictionaryObject):
        entries = {str(key): str(value.raw_get(key)).encode() for key in value}
    return Links(found, entries)


def _walked(value: object, path: Path) -> Iterator[tuple[Path, Node]]:
    if isinstance(value, IndirectObject):
        yield path, (value.idnum, value.generation)
    elif isinstance(value, DictionaryObject):
        for key in value:
            yield from _walked(value.raw_get(key), (*path, str(key)))
    elif isinstance(value, ArrayObject):
        for place in range(len(value)):
            yield from _walked(value.raw_get(place), (*path, place))
