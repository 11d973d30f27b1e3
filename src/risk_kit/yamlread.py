"""YAML text → plain values with line numbers, in one bounded pass over the parser's events.

A small, safe part of YAML: no anchors, aliases, tags or merge keys; a key stands once. Plain
true/false (and yes/no/on/off) are booleans, digits are whole numbers, everything else is text, so
that a date stays as it was written and a version must be quoted.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeAlias

import yaml

from risk_kit.errors import BadInput, Problem

Path_: TypeAlias = tuple[str | int, ...]
MOST_BYTES: Final = 8 * 1024 * 1024
MOST_DEPTH: Final = 64
MOST_NODES: Final = 2_000_000

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEANS: Final = {
    "true": True,
    "yes": True,
    "on": True,
    "false": False,
    "no": False,
    "off": False,
}
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]{0,14})")
_FLOAT = re.compile(r"[-+]?([0-9]+\.[0-9]*|\.[0-9]+)([eE][-+]?[0-9]+)?|[-+]?[0-9]+[eE][-+]?[0-9]+")


@dataclass(frozen=True, slots=True)
class Document:
    """The value of one YAML file, with the line on which each path begins."""

    value: Any
    lines: Mapping[Path_, int]
    file: str

    def problem(self, code: str, path: Path_ = (), /, **facts: object) -> Problem:
        """A problem at a path of this document, or at the nearest line above it."""
        line = next(
            (self.lines[path[:n]] for n in range(len(path), -1, -1) if path[:n] in self.lines), 1
        )
        return Problem(code, facts, file=self.file, line=line, path=dotted(path) or None)


def dotted(path: Path_) -> str:
    """A path as people read it: `rules[3].when`."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def day(written: object) -> date | None:
    """The date that is written YYYY-MM-DD and in no other form, or None."""
    try:
        return date.fromisoformat(str(written)) if _DAY.fullmatch(str(written)) else None
    except ValueError:
        return None


def read_file(path: Path) -> Document:
    """Read one YAML file. Raises BadInput: missing, too large, not UTF-8, or what `read` says."""
    return read(read_bytes(path), str(path))


def read_bytes(path: Path, most: int = MOST_BYTES) -> bytes:
    """The bytes of a regular file of bounded size. Raises BadInput."""
    try:
        if not path.is_file():
            code = "not_a_file" if path.exists() else "no_file"
            raise BadInput(Problem(code, file=str(path)))
        if path.stat().st_size > most:
            raise BadInput(_too_large(path.stat().st_size, most, str(path)))
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise BadInput(Problem("cannot_read", {"reason": reason}, file=str(path))) from error
    return data


def read(data: bytes, file: str) -> Document:
    """Parse YAML bytes. Raises BadInput with every duplicate key, alias and ambiguous scalar found."""
    if len(data) > MOST_BYTES:
        raise BadInput(_too_large(len(data), MOST_BYTES, file))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(Problem("not_utf8", {"byte": error.start}, file=file, line=line)) from error
    builder = _Builder(file)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except yaml.YAMLError as error:
        raise BadInput(_syntax(error, text, file)) from error
    if builder.problems:
        raise BadInput(*builder.problems)
    return Document(builder.root, builder.lines, file)


def _too_large(size: int, most: int, file: str) -> Problem:
    facts = {"size": f"{size / 2**20:.1f} MB", "most": f"{most / 2**20:.0f} MB"}
    return Problem("too_large", facts, file)


def _syntax(error: yaml.YAMLError, text: str, file: str) -> Problem:
    if isinstance(error, yaml.reader.ReaderError):
        character = re.search("[^\\t\\n\\r\\x20-\\x7e\\x85\\xa0-\\ud7ff\\ue000-\\U0010ffff]", text)
        line = text.count("\n", 0, character.start()) + 1 if character else None
        return Problem("yaml_character", {}, file, line)
    mark = getattr(error, "problem_mark", None)
    detail = getattr(error, "problem", None) or "?"
    return Problem("yaml_syntax", {"detail": detail}, file, mark.line + 1 if mark else None)


class _Builder:
    """Stacks open containers; each entry is (container, path, key waiting for its value)."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.root: Any = None
        self.lines: dict[Path_, int] = {}
        self.problems: list[Problem] = []
        self._open: list[list[Any]] = []
        self._nodes = 0
        self._documents = 0

    def take(self, event: Any) -> None:  # noqa: ANN401 - events of the C or the Python parser
        line = event.start_mark.line + 1
        match event:
            case yaml.ScalarEvent():
                self._scalar(event, line)
            case yaml.MappingStartEvent() | yaml.SequenceStartEvent():
                self._start(event, line)
            case yaml.MappingEndEvent() | yaml.SequenceEndEvent():
                self._open.pop()
            case yaml.AliasEvent():
                self._stop("yaml_alias", line, name=event.anchor)
            case yaml.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    self._stop("yaml_documents", line)

    def _stop(self, code: str, line: int, **facts: object) -> None:
        raise BadInput(*self.problems, Problem(code, facts, self.file, line))

    def _start(self, event: Any, line: int) -> None:  # noqa: ANN401 - either start event
        if event.anchor or event.tag:
            self._stop("yaml_alias", line, name=event.anchor or event.tag)
        if len(self._open) >= MOST_DEPTH:
            self._stop("nested_too_deep", line, most=MOST_DEPTH)
        value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
        if self._open and isinstance(self._open[-1][0], dict) and self._open[-1][2] is None:
            self._stop("yaml_key", line, key="…")
        self._open.append([value, self._place(value, line), None])

    def _scalar(self, event: yaml.ScalarEvent, line: int) -> None:
        if event.anchor or event.tag:
            self._stop("yaml_alias", line, name=event.anchor or event.tag)
        plain = event.style is None or event.style == ""
        if plain and event.value == "<<":
            self._stop("yaml_alias", line, name="<<")
        value = resolve(event.value) if plain else event.value
        if self._open and isinstance(self._open[-1][0], dict) and self._open[-1][2] is None:
            self._key(value, event.value, line)
        else:
            self._place(value, line)

    def _key(self, value: Any, written: str, line: int) -> None:  # noqa: ANN401
        holder, path, _ = self._open[-1]
        if not isinstance(value, str):
            self.problems.append(
                Problem("yaml_key", {"key": written}, self.file, line, dotted(path))
            )
        if written in holder:
            first = self.lines.get((*path, written))
            facts = {"key": written, "first": first}
            self.problems.append(Problem("duplicate_key", facts, self.file, line, dotted(path)))
        self._open[-1][2] = written
        self.lines.setdefault((*path, written), line)

    def _place(self, value: Any, line: int) -> Path_:  # noqa: ANN401
        self._nodes += 1
        if self._nodes > MOST_NODES:
            self._stop("too_many_values", line, most=MOST_NODES)
        if not self._open:
            self.root = value
            return ()
        holder, path, key = self._open[-1]
        if isinstance(holder, list):
            holder.append(value)
            here: Path_ = (*path, len(holder) - 1)
            self.lines[here] = line
        else:
            holder[key] = value
            here = (*path, key)
            self._open[-1][2] = None
        return here


def resolve(written: str) -> bool | int | float | str | None:
    """The value of a plain scalar."""
    lower = written.lower()
    if lower in _BOOLEANS:
        return _BOOLEANS[lower]
    if lower in ("", "~", "null"):
        return None
    if _INTEGER.fullmatch(written):
        return int(written)
    return float(written) if _FLOAT.fullmatch(written) else written
