"""`visibleIf` expressions of SurveyJS as a small tree."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias, Union

from lark import Lark, Token, Transformer, v_args
from lark.exceptions import LarkError

MOST_LENGTH: Final = 20_000
MOST_NESTING: Final = 24

_WORDS: Final = (
    "(lessorequal|greaterorequal|notequal|equal|less|greater|notcontains?|contains?|anyof|allof)"
)
_GRAMMAR: Final = r"""
?start: either
?either: both (_OR both)*
?both: part (_AND part)*
?part: test | _NOT part -> negated | "!" inner -> negated
?inner: "(" either ")" | name -> bare | "!" inner -> negated
?test: operand COMPARE operand -> compared
     | operand EMPTY -> emptied
     | "(" either ")"
     | name -> bare
?operand: name | literal | "[" [literal ("," literal)*] "]" -> listed
name: NAME
literal: STRING | NUMBER | TRUTH | NOTHING | WORD
NAME: /\{[^{}]{1,200}\}/
STRING: /'(\\.|[^'\\])*'|"(\\.|[^"\\])*"/
NUMBER.2: /-?(0[xX][0-9a-fA-F]+|[0-9]+(\.[0-9]+)?)(?![\w.-])/
TRUTH.3: /(true|false)(?!\w)/i
NOTHING.3: /(undefined|null)(?!\w)/i
EMPTY.4: /(notempty|empty)(?!\w)/i
COMPARE.4: /<=|>=|<>|!=|==|\*=|=|<|>|WORDS(?!\w)/i
_OR.4: /\|\||or(?!\w)/i
_AND.4: /&&|and(?!\w)/i
_NOT.4: /(not|negate)(?!\w)/i
WORD: /[^\W\d]\w*(?![\w.-])/
%ignore /\s+/
""".replace("WORDS", _WORDS)
_NEGATIONS: Final = re.compile(rf"((not|negate)\s+|!\s*){{{MOST_NESTING}}}", re.IGNORECASE)
_SAME: Final = {
    "!=": "<>",
    "*=": "contains",
    "==": "=",
    "contain": "contains",
    "equal": "=",
    "greater": ">",
    "greaterorequal": ">=",
    "less": "<",
    "lessorequal": "<=",
    "notcontain": "notcontains",
    "notequal": "<>",
}


@dataclass(frozen=True, slots=True)
class Name:
    """The answer of a question."""

    name: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """A value that stands in the expression: text, number, truth, None, or a list of them."""

    value: Any


@dataclass(frozen=True, slots=True)
class Compared:
    """Two sides and one of the operators of `js_values.COMPARE`."""

    left: Name | Fixed
    sign: str
    right: Name | Fixed


@dataclass(frozen=True, slots=True)
class Emptied:
    """Whether there is no answer (or, `negated`, that there is one)."""

    side: Name | Fixed
    negated: bool


@dataclass(frozen=True, slots=True)
class Bare:
    """A yes/no answer that stands alone as a condition."""

    name: str


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts of which all (`every`) or any must hold."""

    every: bool
    parts: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """The part must not hold."""

    part: Tree


Tree: TypeAlias = Union[Compared, Emptied, Bare, "Joined", "Negated"]


class NotUnderstood(Exception):
    """An expression outside the fragment; `near` is the text at which reading stopped."""

    def __init__(self, near: str) -> None:
        super().__init__(near)
        self.near = near


def parse(text: str) -> Tree:
    """The tree of an expression. Raises NotUnderstood; work is bounded by length and nesting."""
    if len(text) > MOST_LENGTH:
        raise NotUnderstood(text[:40])
    _bounded(text)
    try:
        found: Tree = _Builder().transform(_lark().parse(text))
    except LarkError as error:
        place = getattr(error, "pos_in_stream", None)
        raise NotUnderstood(text[place : place + 40] if isinstance(place, int) else "") from error
    return found


def _bounded(text: str) -> None:
    """Raises NotUnderstood for an expression nested deeper than `MOST_NESTING`."""
    depth, quote = 0, ""
    for place, one in enumerate(text):
        if quote:
            quote = "" if one == quote else quote
        elif one in "'\"":
            quote = one
        elif one in "()":
            depth += 1 if one == "(" else -1
        if depth > MOST_NESTING:
            raise NotUnderstood(text[place : place + 40])
    run = _NEGATIONS.search(text)
    if run:
        raise NotUnderstood(run[0][:40])


@cache
def _lark() -> Lark:
    return Lark(_GRAMMAR, parser="lalr", maybe_placeholders=False)


@v_args(inline=True)
class _Builder(Transformer[Token, Any]):
    def either(self, *parts: Tree) -> Tree:
        return Joined(every=False, parts=parts)

    def both(self, *parts: Tree) -> Tree:
        return Joined(every=True, parts=parts)

    def negated(self, part: Tree) -> Tree:
        return Negated(part)

    def compared(self, left: Any, sign: Token, right: Any) -> Tree:  # noqa: ANN401
        word = sign.lower()
        return Compared(left, _SAME.get(word, word), right)

    def emptied(self, side: Any, word: Token) -> Tree:  # noqa: ANN401
        return Emptied(side, word.lower() == "notempty")

    def bare(self, name: Name) -> Tree:
        return Bare(name.name)

    def name(self, token: Token) -> Name:
        return Name(token[1:-1])

    def listed(self, *values: Fixed) -> Fixed:
        return Fixed([one.value for one in values])

    def literal(self, token: Token) -> Fixed:
        match token.type:
            case "STRING":
                plain = token[1:-1].replace("\\'", "'").replace('\\"', '"')
                return Fixed(plain)
            case "NUMBER":
                text = token.lower()
                hexadecimal = text.lstrip("-").startswith("0x")
                value = int(text, 16) if hexadecimal else float(text)
                return Fixed(int(value) if float(value).is_integer() else value)
            case "TRUTH":
                return Fixed(token.lower() == "true")
            case "NOTHING":
                return Fixed(None)
        return Fixed(str(token))
