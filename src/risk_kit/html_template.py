"""An agency's report.html.j2 over the shipped one: it fills places around the report, nothing more.

It may say fixed markup, a few facts of the report and conditions on them. There are no loops, calls,
assignments or imports in it, so it always ends, and its size bounds what it writes.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Final

from jinja2 import DictLoader, StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from risk_kit.errors import BadInput, Problem

BASE: Final = "report.html.j2"
PLACES: Final = ("style", "header", "opening", "closing", "footer")
FACTS: Final = ("title", "subject", "author", "header", "date", "language")
FILTERS: Final = ("upper", "lower", "trim")
MOST_LENGTH: Final = 64 * 1024
MOST_FACTS: Final = 50  # each may be a long text
MOST_PROBLEMS: Final = 20

_PLAIN: Final = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.If, nodes.CondExpr),
    *(nodes.And, nodes.Or, nodes.Not, nodes.Scope),
)
_ACTIVE: Final = re.compile(
    r"<\s*(script|meta|iframe|object|embed|base|link|form)\b", re.IGNORECASE
)


def checked(source: str, file: str) -> str:
    """The source, if it stays inside what a template may say. Raises BadInput with file and line."""
    if len(source) > MOST_LENGTH:
        raise BadInput(Problem("template_too_long", {"most": MOST_LENGTH}, file))
    try:
        tree = _environment().parse(source)
        found = [*_top(tree, file), *_inside(tree, file)]
        if not found:
            _environment().compile(source)
    except TemplateSyntaxError as error:
        facts = {"detail": error.message or ""}
        raise BadInput(Problem("template_syntax", facts, file, error.lineno)) from error
    except (RecursionError, SyntaxError, MemoryError) as error:  # too deep for one or the other
        facts = {"detail": type(error).__name__}
        raise BadInput(Problem("template_syntax", facts, file)) from error
    if found:
        raise BadInput(*sorted(found, key=lambda one: one.line or 0)[:MOST_PROBLEMS])
    return source


@lru_cache(maxsize=8)
def extended(source: str | None = None) -> Template:
    """The shipped template, or `source` over it. Raises BadInput as `checked` does."""
    if source is None:
        return _environment().get_template(BASE)
    return _environment().from_string(checked(source, BASE))


@lru_cache(maxsize=1)
def _environment() -> ImmutableSandboxedEnvironment:
    shipped = (files("risk_kit") / "data" / "templates" / BASE).read_text(encoding="utf-8")
    environment = ImmutableSandboxedEnvironment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        loader=DictLoader({BASE: shipped}),
    )
    environment.filters["lines"] = lambda text: text.split("\n")
    environment.filters["base64"] = lambda data: b64encode(data).decode("ascii")
    return environment


def _top(tree: nodes.Template, file: str) -> Iterator[Problem]:
    """It extends the shipped template, and fills places that are there, each once."""
    extends = list(tree.find_all(nodes.Extends))
    named = [one.template.value for one in extends if isinstance(one.template, nodes.Const)]
    if named != [BASE] or tree.body[0] is not extends[0]:
        first = extends[0].lineno if extends else 1
        yield Problem("template_extends", {"name": BASE}, file, first)
    for block in tree.find_all(nodes.Block):
        if block.name not in PLACES:
            facts = {"value": block.name, "offered": PLACES}
            yield Problem("template_place", facts, file, block.lineno)


def _inside(tree: nodes.Template, file: str) -> Iterator[Problem]:
    whole = list(_below(tree, 1))
    for node, line in whole:
        if isinstance(node, nodes.TemplateData) and (active := _ACTIVE.search(node.data)):
            before = node.data[: active.start()].count("\n")
            yield Problem("template_active", {"value": active[0]}, file, line + before)
        elif not _allowed(node):
            kind = type(node).__name__.lower()
            facts = {"value": _name(node) or kind, "offered": [f"report.{one}" for one in FACTS]}
            yield Problem("template_says", facts, file, line)
    count = sum(isinstance(node, nodes.Getattr) for node, _ in whole)
    if count > MOST_FACTS:
        yield Problem("template_facts", {"count": count, "most": MOST_FACTS}, file)


def _below(node: nodes.Node, line: int) -> Iterator[tuple[nodes.Node, int]]:
    """Every node with its line, but what stands inside a whole that is judged as one."""
    here = node.lineno or line  # some nodes are Jinja's own and have none
    yield node, here
    if not isinstance(node, nodes.Getattr | nodes.Extends) and not _super(node):
        for child in node.iter_child_nodes():
            yield from _below(child, here)


def _allowed(node: nodes.Node) -> bool:
    match node:
        case nodes.Getattr(node=nodes.Name(name="report"), attr=attr):
            return attr in FACTS
        case nodes.Filter(name=name, args=[], kwargs=[]):
            return name in FILTERS
        case nodes.Compare(ops=ops):
            return all(one.op in ("eq", "ne") for one in ops)
        case nodes.Block(scoped=False):
            return True
    return isinstance(node, (*_PLAIN, nodes.Extends, nodes.Operand)) or _super(node)


def _super(node: nodes.Node) -> bool:
    match node:
        case nodes.Call(node=nodes.Name(name="super"), args=[], kwargs=[]):
            return True
    return False


def _name(node: nodes.Node) -> str:
    named = getattr(node, "name", None) or getattr(node, "attr", None)
    return named if isinstance(named, str) else ""
