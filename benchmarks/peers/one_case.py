"""Peers that assess one case at a time. Building is outside the clock; a call takes plain values."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from typing import Any

import rule_engine
import zen
from cel_expr_python import cel
from json_logic import jsonLogic

from peers.infix import Language
from peers.shape import Gate, Outcome, Shape
from risk_kit.forms import All, AnyOf, AtLeast, Between, Chosen, Condition, Equals, Not

Run = Callable[[dict[str, Any]], Outcome]


@dataclass(frozen=True)
class Peer:
    """A way to use a peer. `ratio`: the key in results.json, when this is the way that counts."""

    package: str
    way: str
    run: Run
    timed: str
    ratio: str | None = None

    @property
    def version(self) -> str:
        """The installed version."""
        return version(self.package)


def peers(shape: Shape) -> list[Peer]:
    """Every peer, built for the job."""
    return [*_cel(shape), *_zen(shape), _json_logic(shape), _rule_engine(shape)]


def _gate(language: Language, gate: Gate) -> str:
    when = language.write(gate.when)
    if gate.reaches is None:
        return when
    return f"(d{gate.reaches[0]} >= {gate.reaches[1]} {language.both} {when})"


def _staged(shape: Shape, rules: Run | Any, gates: Any) -> Run:  # noqa: ANN401 - two evaluations
    """Rules, then the scores summed by the host, then gates that read them."""

    def run(values: dict[str, Any]) -> Outcome:
        truths = rules(values)
        scores = shape.totals(truths)
        known = values | {f"d{i}": score for i, score in enumerate(scores)}
        raised = gates(known)
        return (*map(bool, truths), *map(bool, raised)), tuple(scores), shape.tier(raised)

    return run


def _cel(shape: Shape) -> list[Peer]:
    kinds = {
        "yes_no": cel.Type.BOOL,
        "one_of": cel.Type.STRING,
        "many_of": cel.Type.List(cel.Type.STRING),
        "whole_number": cel.Type.INT,
    }
    names = {q.id: kinds[q.kind] for q in shape.pack.questions.values()}
    names |= {f"d{i}": cel.Type.INT for i in range(len(shape.pack.dimensions))}
    env = cel.NewEnv(variables=names)
    language = Language()
    rules = [language.write(rule.when) for rule in shape.scoring]
    gates = [_gate(language, gate) for gate in shape.gates]

    def each(texts: list[str]) -> Any:  # noqa: ANN401
        compiled = [env.compile(text) for text in texts]

        def run(values: Mapping[str, Any]) -> list[Any]:
            activation = env.Activation(values)
            return [one.eval(activation).value() for one in compiled]

        return run

    def together(texts: list[str]) -> Any:  # noqa: ANN401
        compiled = env.compile(_list(texts))
        return lambda values: [one.value() for one in compiled.eval(data=values).value()]

    timed = "activation from a dict, evaluation, scores summed in Python"
    return [
        Peer(
            "cel-expr-python",
            "an expression a rule",
            _staged(shape, each(rules), each(gates)),
            timed,
        ),
        Peer(
            "cel-expr-python",
            "all rules in one list expression (its fastest way)",
            _staged(shape, together(rules), together(gates)),
            timed,
            "one_case_vs_cel_expr_python",
        ),
    ]


def _zen(shape: Shape) -> list[Peer]:
    language = Language(both="and", either="or", negate="not ({})")
    rules = [language.write(rule.when) for rule in shape.scoring]
    gates = [_gate(language, gate) for gate in shape.gates]
    decision = zen.ZenEngine().create_decision(json.dumps(_decision(shape, rules, gates)))

    def graph(values: dict[str, Any]) -> Outcome:
        found = decision.evaluate(values)["result"]
        truths = [found[rule.id] for rule in (*shape.scoring, *shape.gates)]
        scores = tuple(int(found[f"d{i}"]) for i in range(len(shape.pack.dimensions)))
        return tuple(truths), scores, shape.tier(truths[len(shape.scoring) :])

    one, two = zen.compile_expression(_list(rules)), zen.compile_expression(_list(gates))
    return [
        Peer(
            "zen-engine",
            "a decision graph (as documented)",
            graph,
            "evaluation of the graph, tier taken from its result in Python",
            "one_case_vs_zen_engine",
        ),
        Peer(
            "zen-engine",
            "all rules in one list expression, no graph (its fastest way)",
            _staged(shape, one.evaluate, two.evaluate),
            "two evaluations, scores summed in Python",
        ),
    ]


def _decision(shape: Shape, rules: list[str], gates: list[str]) -> dict[str, Any]:
    sums = {
        f"d{i}": " + ".join(f"({r.id} ? {r.points} : 0)" for r in shape.scoring if r.dimension == i)
        for i in range(len(shape.pack.dimensions))
    }
    steps = [
        ("rules", {r.id: text for r, text in zip(shape.scoring, rules, strict=True)}),
        ("scores", sums),
        ("gates", {g.id: text for g, text in zip(shape.gates, gates, strict=True)}),
    ]
    ends = {"start": "inputNode", "end": "outputNode"}
    nodes = [{"id": n, "name": n, "type": kind, "content": {}} for n, kind in ends.items()]
    nodes += [_step(name, expressions) for name, expressions in steps]
    order = ["start", *(name for name, _ in steps), "end"]
    edges = [
        {"id": f"e{i}", "sourceId": a, "targetId": b, "type": "edge"}
        for i, (a, b) in enumerate(pairwise(order))
    ]
    return {"nodes": nodes, "edges": edges}


def _step(name: str, expressions: Mapping[str, str]) -> dict[str, Any]:
    rows = [{"id": f"{name}{key}", "key": key, "value": text} for key, text in expressions.items()]
    content = {
        "expressions": rows,
        "passThrough": True,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }
    return {"id": name, "name": name, "type": "expressionNode", "content": content}


def _list(texts: list[str]) -> str:
    return "[" + ", ".join(texts) + "]"


def _rule_engine(shape: Shape) -> Peer:
    language = Language(both="and", either="or", negate="not ({})")
    rules = [rule_engine.Rule(language.write(rule.when)) for rule in shape.scoring]
    gates = [rule_engine.Rule(_gate(language, gate)) for gate in shape.gates]
    run = _staged(
        shape,
        lambda values: [rule.matches(values) for rule in rules],
        lambda values: [rule.matches(values) for rule in gates],
    )
    timed = "each rule's `matches` on a dict, scores summed in Python"
    return Peer("rule-engine", "a rule object a rule", run, timed, "one_case_vs_rule_engine")


def _json_logic(shape: Shape) -> Peer:
    rules = [_json(rule.when) for rule in shape.scoring]
    gates = [_json_gate(gate) for gate in shape.gates]
    run = _staged(
        shape,
        lambda values: [jsonLogic(rule, values) for rule in rules],
        lambda values: [jsonLogic(rule, values) for rule in gates],
    )
    timed = "`jsonLogic` of each rule on a dict, scores summed in Python"
    return Peer(
        "panzi-json-logic", "a JSON rule a rule", run, timed, "one_case_vs_panzi_json_logic"
    )


def _json_gate(gate: Gate) -> Any:  # noqa: ANN401 - JSON
    when = _json(gate.when)
    if gate.reaches is None:
        return when
    dimension, at = gate.reaches
    return {"and": [{">=": [{"var": f"d{dimension}"}, at]}, when]}


def _json(condition: Condition) -> Any:  # noqa: ANN401, C901 - JSON, a case a form
    match condition:
        case All(parts):
            return {"and": [_json(part) for part in parts]}
        case AnyOf(parts):
            return {"or": [_json(part) for part in parts]}
        case Not(part):
            return {"!": [_json(part)]}
        case AtLeast(n, parts):
            return _json_count([_json(part) for part in parts], n)
        case Equals(question, (bool() as wanted,)):
            return {"var": question} if wanted else {"!": [{"var": question}]}
        case Equals(question, (value,)):
            return {"===": [{"var": question}, value]}
        case Equals(question, values):
            return {"in": [{"var": question}, list(values)]}
        case Between(question, low, None):
            return {">=": [{"var": question}, low]}
        case Between(question, None, high):
            return {"<=": [{"var": question}, high]}
        case Chosen(question, options, least, None):
            return _json_count([{"in": [one, {"var": question}]} for one in options], least)
    raise ValueError(f"not in the job: {condition}")


def _json_count(tests: list[Any], least: int) -> Any:  # noqa: ANN401 - JSON
    if least in (1, len(tests)):
        return {"or" if least == 1 else "and": tests}
    return {">=": [{"+": [{"if": [test, 1, 0]} for test in tests]}, least]}
