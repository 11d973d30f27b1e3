"""The catalogues: both languages whole and alike, every key asked for there, every key in use."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po

import terms
from risk_kit import translations
from risk_kit.document import Language
from risk_kit.translations import LOCALES, words
from risk_kit.web import texts

PACKAGE: Final = Path(__file__).resolve().parent.parent / "src" / "risk_kit"
FOLDER: Final = PACKAGE / "data" / "translations"
PAGES: Final = sorted((PACKAGE / "web").glob("*.py"))
LANGUAGES: Final = tuple(LOCALES)
ASKS: Final = ("say", "has")


def path_of(language: Language) -> Path:
    return FOLDER / LOCALES[language] / "LC_MESSAGES" / "page.po"


def catalogue(language: Language) -> Catalog:
    with path_of(language).open("rb") as file:
        return read_po(file, abort_invalid=True)


# ------------------------------------------------------------------ what the sources ask for


def pattern(node: ast.expr) -> str | None:
    """A regular expression of the texts that an expression may give, when it says a part of it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.escape(node.value)
    if isinstance(node, ast.JoinedStr):
        parts = [pattern(one) or r"[\w-]+" for one in node.values]
        return "".join(parts) if any(pattern(one) for one in node.values) else None
    return None


def called(node: ast.Call) -> str:
    own = node.func
    if isinstance(own, ast.Attribute) and ast.unparse(own.value) in {"self", "texts"}:
        return own.attr  # self.say hands its key on; wording.say has a table of its own
    return own.id if isinstance(own, ast.Name) else ""


def asked(tree: ast.AST) -> Iterator[str]:
    """Patterns of the keys that stand in calls of `say`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "say" and node.args:
            first = node.args[0]
            for one in (first.body, first.orelse) if isinstance(first, ast.IfExp) else (first,):
                if (found := pattern(one)) is not None:
                    yield found


def mentioned(tree: ast.AST) -> Iterator[str]:
    """Patterns of all texts in a source: keys are also handed round in tuples and tables."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Constant, ast.JoinedStr)):
            found = pattern(node)
            if found is not None:
                yield found


def trees() -> list[ast.AST]:
    return [ast.parse(one.read_text(encoding="utf-8")) for one in PAGES]


def matches(patterns: set[str], key: str) -> bool:
    return any(re.fullmatch(one, key) for one in patterns)


def test_every_key_that_a_page_asks_for_is_there() -> None:
    patterns = {one for tree in trees() for one in asked(tree)}
    keys = words("page", "zh")
    assert len(patterns) > 150  # else the reading above sees nothing any more
    assert [one for one in sorted(patterns) if not any(re.fullmatch(one, k) for k in keys)] == []


def test_every_key_is_in_use() -> None:
    patterns = {one for tree in trees() for one in mentioned(tree)}
    assert [key for key in words("page", "zh") if not matches(patterns, key)] == []


# ------------------------------------------------------------------ the catalogues


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_whole(language: Language) -> None:
    found = catalogue(language)
    messages = [one for one in found if one.id]
    assert str(found.locale) == LOCALES[language]
    assert found.charset == "utf-8"
    assert not found.obsolete
    assert [one.id for one in messages if one.fuzzy or not str(one.string).strip()] == []
    assert [one.id for one in messages if not re.fullmatch(r"[a-z][\w-]*", str(one.id))] == []
    assert words("page", language) == {one.id: one.string for one in messages}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_stands_twice(language: Language) -> None:
    text = path_of(language).read_text(encoding="utf-8")
    count = Counter(re.findall(r'^msgid "(.+)"$', text, re.MULTILINE))
    assert [key for key, times in count.items() if times > 1] == []
    assert count.keys() == words("page", language).keys()


def test_both_languages_have_the_same_keys_in_the_same_order() -> None:
    assert list(words("page", "zh")) == list(words("page", "en"))


def test_both_languages_have_the_same_parts() -> None:
    zh, en = words("page", "zh"), words("page", "en")
    differ = {key for key in zh if parts(zh[key]) != parts(en[key])}
    assert differ == {"map_most"}  # an English cell has no room for the level; tip and table say it


def parts(text: str) -> set[str]:
    return set(re.findall(r"\{[^}]*\}", text))


def test_the_chinese_is_that_of_taiwan() -> None:
    listed = terms.read_terms(terms.LIST.read_text(encoding="utf-8"))
    text = path_of("zh").read_text(encoding="utf-8")
    assert terms.complaints("page.po", text, listed) == []


def test_chinese_is_chinese_and_english_is_english() -> None:
    zh, en = words("page", "zh"), words("page", "en")
    han = re.compile(r"[\u4e00-\u9fff]")
    alike = {"for_role", "by_at", "rules_named"}  # nothing but parts
    assert [key for key in zh if key not in alike and not han.search(zh[key])] == []
    assert [key for key in en if key != "search_hint" and han.search(en[key])] == []


# ------------------------------------------------------------------ reading


def test_a_part_is_put_in_as_it_is_and_once() -> None:
    assert texts.say("progress", "zh", done="{all}", all="%s") == "已回答 {all}／%s 題"


def test_a_part_that_is_not_given_stays_to_be_seen() -> None:
    assert "{all}" in texts.say("progress", "en", done=1)


def test_a_key_that_is_not_there_is_an_error() -> None:
    assert texts.has("progress")
    assert not texts.has("no such key")
    with pytest.raises(KeyError):
        texts.say("no such key", "zh")


def test_what_is_fuzzy_is_not_said_and_what_is_malformed_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(translations, "files", lambda _: tmp_path)
    folder = tmp_path / "data" / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    sure, unsure = 'msgid "a"\nmsgstr "A"\n', '#, fuzzy\nmsgid "b"\nmsgstr "B"\n'
    (folder / "one.po").write_text(f"{sure}\n{unsure}")
    assert words("one", "en") == {"a": "A"}
    (folder / "two.po").write_text('msgid "a"\nnonsense\n')
    with pytest.raises(PoFileError):
        words("two", "en")
