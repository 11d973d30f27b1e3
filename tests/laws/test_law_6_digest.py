"""Law 6: a digest names the content. Key order and Unicode form do not matter; one letter does."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import fields, is_dataclass, replace
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from risk_kit.digest import answers_digest, canonical, pack_digest, sha256
from risk_kit.model import Answer, AnswerSet, Pack, Text, Value
from strategies import answer_set, full_cases, packs

# Letters whose composed and decomposed forms differ, and some that have one form.
LETTERS = st.text(st.sampled_from('aéöÅ가が文\n"\\\x1f\ue000\U0001f600'), max_size=6)
TREES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | LETTERS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc"), inner, max_size=3),
    max_leaves=8,
)


def mapped(value: Any, form: str) -> Any:  # noqa: ANN401
    """The tree with every string in a Unicode form, and the keys of objects turned round."""
    if isinstance(value, str):
        return unicodedata.normalize(form, value)
    if isinstance(value, list):
        return [mapped(one, form) for one in value]
    if isinstance(value, dict):
        return {key: mapped(value[key], form) for key in reversed(value)}
    return value


@given(TREES)
def test_key_order_and_unicode_form_do_not_matter(tree: object) -> None:
    assert canonical(mapped(tree, "NFD")) == canonical(mapped(tree, "NFC")) == canonical(tree)


def test_the_unicode_form_of_keys_does_not_matter() -> None:
    composed, apart = "\u00e9", "e\u0301"
    assert canonical({composed: 1, "f": 2}) == canonical({apart: 1, "f": 2})


@given(TREES)
def test_canonical_json_reads_back_and_differs_when_the_value_does(tree: object) -> None:
    assert json.loads(canonical(tree)) == mapped(tree, "NFC")
    assert canonical([tree, 1]) != canonical([tree, 2])
    assert canonical([tree]) != canonical([[tree]])


@settings(max_examples=30)
@given(packs(), st.data())
def test_one_changed_letter_number_or_option_changes_the_pack_digest(
    pack: Pack, data: st.DataObject
) -> None:
    framework, asked = pack.framework, pack.questionnaire
    before = pack_digest(framework, asked, ())
    places = [("f", path) for path in changeable(framework)]
    places += [("q", path) for path in changeable(asked)]
    which, path = data.draw(st.sampled_from(places))
    after = pack_digest(
        changed(framework, path) if which == "f" else framework,
        changed(asked, path) if which == "q" else asked,
        (),
    )
    assert after != before


def changeable(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
    """Where a model holds a text, a number or a truth value."""
    if is_dataclass(value):
        named = [(one.name, getattr(value, one.name)) for one in fields(value)]
        return [found for key, inner in named for found in changeable(inner, (*path, key))]
    if isinstance(value, tuple):
        return [p for key, inner in enumerate(value) for p in changeable(inner, (*path, key))]
    return [path] if isinstance(value, str | int) else []


def changed(value: Any, path: tuple[Any, ...]) -> Any:  # noqa: ANN401
    if not path:
        return (
            not value if isinstance(value, bool) else value + (1 if isinstance(value, int) else "x")
        )
    key, *rest = path
    if isinstance(value, tuple):
        return (*value[:key], changed(value[key], tuple(rest)), *value[key + 1 :])
    return replace(value, **{key: changed(getattr(value, key), tuple(rest))})


@settings(max_examples=30)
@given(full_cases())
def test_answers_in_any_order_have_one_digest_and_a_changed_one_another(
    case: tuple[Pack, dict[str, Value]],
) -> None:
    _, values = case
    turned = dict(reversed(values.items()))
    digest = answers_digest(answer_set(values))
    assert answers_digest(answer_set(turned)) == digest
    for name in values:
        assert answers_digest(answer_set({**values, name: "something else"})) != digest
        noted = {q: Answer(v, note="n" if q == name else "") for q, v in values.items()}
        assert answers_digest(AnswerSet(noted)) != digest
    assert answers_digest(AnswerSet(answer_set(values).answers, {"title": "x"})) != digest


def test_an_answer_false_is_not_the_same_as_no_answer() -> None:
    digests = {
        answers_digest(answer_set({})),
        answers_digest(answer_set({"q": False})),
        answers_digest(answer_set({"q": True})),
        answers_digest(answer_set({"q": 0})),
        answers_digest(answer_set({"q": ""})),
        answers_digest(answer_set({"q": frozenset()})),
    }
    assert len(digests) == 6


def test_unicode_form_of_a_text_in_the_pack_does_not_matter() -> None:
    assert canonical(["\u00e9"]) == canonical(["e\u0301"]) == b'["\xc3\xa9"]'
    assert Text("e\u0301", "") != Text("\u00e9", "")
    assert sha256(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
