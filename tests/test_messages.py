"""The sentences: every code has both, every row is used, and the golden paragraphs stay as they are.

To write tests/golden/errors.txt again: RISK_KIT_WRITE_GOLDEN=1 python -m pytest tests/test_messages.py
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from string import Formatter
from typing import Final

import pytest

from risk_kit import answers, cases, casework, catalogue, load, messages
from risk_kit.errors import BadInput, Problem, RiskKitError
from risk_kit.messages import MESSAGES, paragraphs, sentence, shown
from risk_kit.yamlread import read, read_file

SOURCE: Final = Path(messages.__file__).parent
GOLDEN: Final = Path(__file__).parent / "golden" / "errors.txt"
SMALL: Final = Path(__file__).parent / "data" / "small"
PACK: Final = catalogue.pack(str(SMALL))

# Calls whose first text is a code.
SAYING: Final = {
    *("Problem", "problem", "Fault", "_say", "_stop", "bad_pdf", "_bad_key", "_problem"),
    *("_without_signers",),
}


def modules() -> Iterator[ast.Module]:
    for path in sorted(SOURCE.rglob("*.py")):
        if not path.name.startswith("messages"):
            yield ast.parse(path.read_text(encoding="utf-8"))


def said() -> set[str]:
    """Every code that stands as the first argument of a call that makes a problem."""
    found = set()
    for module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "id", getattr(node.func, "attr", ""))
                first = node.args[0]
                if name in SAYING and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def texts() -> set[str]:
    """Every text constant outside the tables of sentences."""
    return {
        node.value
        for module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_code_that_is_used_has_a_row() -> None:
    assert len(said()) > 60
    assert said() - MESSAGES.keys() == set()


def test_every_row_is_used() -> None:
    kinds = {f"kind_{kind}" for kind in ("yes_no", "one_of", "many_of", "whole_number", "date")}
    assert MESSAGES.keys() - texts() - kinds - {"kind_text"} == set()


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_a_row_has_two_good_sentences(code: str) -> None:
    zh, en = MESSAGES[code]
    assert zh.strip()
    assert en.strip()
    assert re.search("[\u4e00-\u9fff]", zh)
    assert not re.search("[\u4e00-\u9fff]", en.replace("通行碼", ""))
    assert zh.endswith(("。", "}"))
    assert en.rstrip().endswith((".", "}"))
    names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (zh, en)]
    assert names[0] - {"near", "offered", "kind"} == names[1] - {"near", "offered", "kind"}


@pytest.mark.parametrize("code", sorted(MESSAGES))
def test_chinese_sentences_use_full_width_punctuation(code: str) -> None:
    zh = MESSAGES[code][0]
    bare = re.sub(r"\{\w+\}|「[^」]*」|（[^）]*）|(?<![\u4e00-\u9fff])[\x20-\x7e]{2,}", "", zh)
    assert not re.search(r"[\u4e00-\u9fff\u3000-\u303f]([,;:!?()\"]|\.(?!\w))", zh), zh
    assert not re.search(r"[,;!?()\"]", bare), bare


def test_where_it_is_comes_first_in_both_languages() -> None:
    problem = Problem("empty", {}, "a.yaml", 3, "rules[0].when")
    assert sentence(problem, "zh") == "a.yaml，第 3 行，rules[0].when：這裡不能空白。請填入內容。"
    assert sentence(problem, "en") == (
        "a.yaml, line 3, rules[0].when: This may not be empty. Fill it in."
    )
    assert sentence(Problem("empty"), "zh").startswith("這裡不能空白")
    assert paragraphs(BadInput(problem, problem)).count("\n") == 3


def test_data_is_shown_as_data() -> None:
    facts = {"id": "q", "value": "string", "offered": ["object", "null"], "near": []}
    text = sentence(Problem("no_option", facts), "zh")
    assert text == "題目「q」沒有選項「string」。可選：object、null。"
    hostile = Problem("no_option", {"id": "{value}", "value": "%s{0}", "near": ["{id}"]})
    assert "「{value}」沒有選項「%s{0}」" in sentence(hostile, "zh")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("a\nb\x1b[0m", "a\\x0ab\\x1b[0m"),
        ("\u202egnp", "\\x202egnp"),
        ("\ud800", "\\xd800"),
        ("x" * 500, "x" * 200 + "…"),
        (True, "true"),
        ([], "（無）"),
        (["a", False], "a、false"),
    ],
)
def test_a_fact_cannot_break_its_sentence(value: object, text: str) -> None:
    assert shown(value) == text


def test_a_fact_that_is_missing_prints_as_nothing() -> None:
    assert sentence(Problem("no_option"), "en").startswith("Question “” has no option “”.")


def test_words_of_the_toolkit_are_translated() -> None:
    wrong = Problem("wrong_type", {"expected": ["string", "array"], "got": "object"})
    assert "這裡應為文字或清單，卻是對照表。" in sentence(wrong, "zh")
    assert "should be text or a list but is a mapping" in sentence(wrong, "en")
    missing = Problem("no_such", {"kind": "oblige", "id": "x"})
    assert sentence(missing, "zh").startswith("找不到應辦事項「x」")
    assert sentence(missing, "en").startswith("There is no obligation “x”")
    signer = Problem("untrusted_signer", {"role": "reviewer", "name": "x", "why": "trust_expired"})
    assert sentence(signer, "zh").startswith("審查人（reviewer）的簽署人不在信任名單內：x。憑證")
    assert "has expired" in sentence(signer, "en")
    failed = Problem("cannot_write", {"reason": "No space left on device"})
    assert "無法寫入檔案：磁碟空間不足。" in sentence(failed, "zh")
    assert "No space left on device" in sentence(failed, "en")


# ------------------------------------------------------------------ golden paragraphs


def case(text: str) -> Callable[[], object]:
    def opened() -> object:
        file = answers.from_document(read(f"framework: small\n{text}".encode(), "case.yaml"))
        return answers.bind(file, PACK)

    return opened


def raw(text: str | bytes) -> Callable[[], object]:
    data = text if isinstance(text, bytes) else text.encode()
    return lambda: answers.from_document(read(data, "case.yaml"))


def framework(old: str, new: str) -> Callable[[], object]:
    def loaded() -> object:
        text = (SMALL / "framework.yaml").read_text(encoding="utf-8").replace(old, new, 1)
        return load.framework(read(text.encode(), "framework.yaml"), PACK.questionnaire)

    return loaded


def opened(text: str, pack: str | None = None) -> Callable[[], object]:
    return lambda: casework.open_case(
        answers.from_document(read(text.encode(), "case.yaml")), pack, (), date(2026, 1, 1)
    )


def expectation() -> object:
    path = Path("cases.yaml")
    path.write_text("id: a\ntitle: x\nsource: s\nanswers: {}\nexpect: {tier: tpo}\n", "utf-8")
    return cases.read(path, PACK, date(2026, 1, 1))


PROVOKED: Final[dict[str, Callable[[], object]]] = {
    "unknown question": case("answers: {harn: some}\n"),
    "option not offered": case("answers: {harm: gravee}\n"),
    "no as an option": case("answers: {harm: no}\n"),
    "no in the case": case("case: {name: no}\nanswers: {}\n"),
    "yes_no": case("answers: {used: maybe}\n"),
    "one_of": case("answers: {harm: [some]}\n"),
    "many_of": case("answers: {who: staff}\n"),
    "not alone": case("answers: {who: [staff, nobody]}\n"),
    "none chosen": case("answers: {who: []}\n"),
    "whole_number": case("answers: {people: many}\n"),
    "out of bounds": case("answers: {people: 5000}\n"),
    "date": case("answers: {since: 2026-02-30}\n"),
    "text": case("answers: {remark: 12}\n"),
    "decimal": case("answers: {people: 1.5}\n"),
    "misspelt field": case("answers: {harm: {value: some, nte: x}}\n"),
    "duplicate key": raw("framework: small\nanswers:\n  used: true\n  used: false\n"),
    "anchor": raw("framework: &a small\nanswers: {}\n"),
    "not UTF-8": raw(b"framework: small\nanswers: {remark: \xa4\xa4}\n"),
    "too deep": raw("[" * 999),
    "two documents": raw("framework: small\nanswers: {}\n---\n"),
    "empty file": raw(""),
    "list": raw("- x\n"),
    "version as a number": raw("framework: 1.0\nanswers: {}\n"),
    "no framework": opened("framework: tw-ai-rsk\nanswers: {}\n"),
    "no version": opened("framework: tw-ai-risk@9.9\nanswers: {}\n"),
    "another pack": opened("framework: small\nanswers: {}\n", "tw-ai-risk"),
    "condition": framework("{harm: {at_least: grave}}", "{harn: {at_least: grave}}"),
    "criterion": framework("criterion: public_too", "criterion: publik_too"),
    "no file": lambda: read_file(Path("nowhere.yaml")),
    "case": expectation,
}


def provoked(attempt: Callable[[], object]) -> str:
    with pytest.raises(RiskKitError) as error:
        attempt()
    return paragraphs(error.value)


def test_the_golden_paragraphs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    text = "".join(f"# {name}\n{provoked(attempt)}\n\n" for name, attempt in PROVOKED.items())
    if os.environ.get("RISK_KIT_WRITE_GOLDEN") == "1":
        GOLDEN.parent.mkdir(exist_ok=True)
        GOLDEN.write_text(text, encoding="utf-8")
    assert text == GOLDEN.read_text(encoding="utf-8")
    assert len(PROVOKED) == 30
