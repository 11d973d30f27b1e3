"""Small pieces of syntax tree for generated functions. Built from nodes, never from text."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping, Sequence
from types import CodeType, FunctionType
from typing import Any, Final, TypeAlias

Expression: TypeAlias = ast.expr
Statement: TypeAlias = ast.stmt
TRUE: Final = True
FALSE: Final = False


class _Placed:
    """Every node stands on line 1: said once a kind, for walking the tree to say it is slow."""

    lineno: int = 1
    col_offset: int = 0
    end_lineno: int | None = 1
    end_col_offset: int | None = 0


class _Name(_Placed, ast.Name): ...


class _Constant(_Placed, ast.Constant): ...


class _BoolOp(_Placed, ast.BoolOp): ...


class _BinOp(_Placed, ast.BinOp): ...


class _UnaryOp(_Placed, ast.UnaryOp): ...


class _IfExp(_Placed, ast.IfExp): ...


class _Compare(_Placed, ast.Compare): ...


class _Call(_Placed, ast.Call): ...


class _Attribute(_Placed, ast.Attribute): ...


class _Subscript(_Placed, ast.Subscript): ...


class _Tuple(_Placed, ast.Tuple): ...


class _Assign(_Placed, ast.Assign): ...


class _AugAssign(_Placed, ast.AugAssign): ...


class _If(_Placed, ast.If): ...


class _Return(_Placed, ast.Return): ...


class _Raise(_Placed, ast.Raise): ...


class _FunctionDef(_Placed, ast.FunctionDef): ...


class _Lambda(_Placed, ast.Lambda): ...


class _Arg(_Placed, ast.arg): ...


_LOAD: Final = ast.Load()
_STORE: Final = ast.Store()


def name(word: str) -> Expression:
    """A variable that is read."""
    return _Name(word, _LOAD)


def const(value: str | int | None) -> Expression:
    """A constant; a number read from a parameter becomes a plain number."""
    number = isinstance(value, int) and not isinstance(value, bool)
    return _Constant(int(value or 0) if number else value)


def is_const(node: Expression, value: bool) -> bool:  # noqa: FBT001 - a truth is what it asks for
    """Whether the node is that truth, known before anything runs."""
    return isinstance(node, ast.Constant) and node.value is value


def every(parts: Sequence[Expression]) -> Expression:
    """`and` over the parts, with known truths folded."""
    return _join(ast.And(), parts, neutral=TRUE)


def some(parts: Sequence[Expression]) -> Expression:
    """`or` over the parts, with known truths folded."""
    return _join(ast.Or(), parts, neutral=FALSE)


def _join(word: ast.boolop, parts: Sequence[Expression], *, neutral: bool) -> Expression:
    if any(is_const(part, not neutral) for part in parts):
        return const(not neutral)
    left = [part for part in parts if not is_const(part, neutral)]
    if len(left) < 2:  # noqa: PLR2004 - nothing to join
        return left[0] if left else const(neutral)
    return _BoolOp(word, left)


def negate(part: Expression) -> Expression:
    """`not` of the part."""
    if isinstance(part, ast.Constant):
        return const(not part.value)
    if isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.Not):
        return part.operand
    return _UnaryOp(ast.Not(), part)


def choose(test: Expression, yes: Expression, no: Expression) -> Expression:
    """`yes if test else no`, folded when the test is known."""
    if is_const(test, TRUE):
        return yes
    return no if is_const(test, FALSE) else _IfExp(test, yes, no)


def compare(left: Expression, sign: ast.cmpop, right: Expression) -> Expression:
    """A comparison."""
    return _Compare(left, [sign], [right])


def bits(left: Expression, mask: int) -> Expression:
    """`left & mask`: true when they share a bit."""
    return _BinOp(left, ast.BitAnd(), const(mask))


def total(parts: Sequence[Expression]) -> Expression:
    """The sum of the parts, as a balanced tree so that long sums nest little."""
    if not parts:
        return const(0)
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    return _BinOp(total(parts[:half]), ast.Add(), total(parts[half:]))


def counted(parts: Sequence[Expression], n: int) -> Expression:
    """At least `n` of the parts, with known truths folded."""
    needed = n - sum(is_const(part, TRUE) for part in parts)
    left = [part for part in parts if not isinstance(part, ast.Constant)]
    if needed <= 0 or needed > len(left):
        return const(TRUE if needed <= 0 else FALSE)
    if needed in (1, len(left)):
        return some(left) if needed == 1 else every(left)
    ones = [choose(part, const(1), const(0)) for part in left]
    return compare(total(ones), ast.GtE(), const(needed))


def call(function: Expression, *arguments: Expression) -> Expression:
    """A call."""
    return _Call(function, list(arguments), [])


def item(holder: Expression, key: Expression) -> Expression:
    """`holder[key]`."""
    return _Subscript(holder, key, _LOAD)


def row(parts: Sequence[Expression]) -> Expression:
    """A tuple."""
    return _Tuple(list(parts), _LOAD)


def put(target: str | Sequence[str], value: Expression) -> ast.stmt:
    """An assignment, unpacking when there are several targets."""
    if isinstance(target, str):
        return _Assign([_Name(target, _STORE)], value)
    names: list[ast.expr] = [_Name(one, _STORE) for one in target]
    return _Assign([_Tuple(names, _STORE)], value)


def add_to(target: str, value: Expression) -> ast.stmt:
    """`target += value`."""
    return _AugAssign(_Name(target, _STORE), ast.Add(), value)


def when(test: Expression, body: list[ast.stmt], orelse: list[ast.stmt]) -> list[ast.stmt]:
    """`if test: body else: orelse`, folded when the test is known."""
    if is_const(test, TRUE):
        return body
    if is_const(test, FALSE) or not body:
        return orelse if is_const(test, FALSE) else when(negate(test), orelse, []) if orelse else []
    return [_If(test, body, orelse)]


def result(value: Expression) -> ast.stmt:
    """A `return`."""
    return _Return(value)


def refuse(error: str) -> ast.stmt:
    """A `raise` of a known error."""
    return _Raise(name(error))


def member(holder: Expression, word: str) -> Expression:
    """An attribute."""
    return _Attribute(holder, word, _LOAD)


def operate(left: Expression, sign: ast.operator, right: Expression) -> Expression:
    """An arithmetic or bit operation."""
    return _BinOp(left, sign, right)


def minus(value: Expression) -> Expression:
    """The negative."""
    return _UnaryOp(ast.USub(), value)


def small(arguments: Sequence[str], value: Expression) -> Expression:
    """A small function that gives one value."""
    return _Lambda(_arguments(arguments), value)


def _arguments(names: Sequence[str]) -> ast.arguments:
    empty: dict[str, Any] = {"posonlyargs": [], "kwonlyargs": [], "kw_defaults": [], "defaults": []}
    return ast.arguments(args=[_Arg(one) for one in names], **empty)


def function(
    title: str, argument: str, body: list[ast.stmt], known: Mapping[str, Any]
) -> Callable[[Any], Any]:
    """A function of one argument with that body; `known` holds the tables it reads."""
    define = _FunctionDef(title, _arguments([argument]), body, [])
    vars(define)["type_params"] = []  # Python 3.12 asks for it, 3.11 does not know it
    whole = compile(ast.Module([define], []), f"<{title}>", "exec")
    code = next(one for one in whole.co_consts if isinstance(one, CodeType))
    return FunctionType(code, dict(known))
