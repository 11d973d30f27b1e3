"""The store as its users meet it, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta, timezone
from itertools import count
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from postgres import Server, server
from risk_kit import answers, casework, catalogue
from risk_kit.errors import BadInput, NotAvailable
from risk_kit.messages import paragraphs
from risk_kit.model import UNKNOWN, Answer, AnswerSet, Evidence, Value
from risk_kit.store import Store, open_store
from risk_kit.store_values import Act, Case, Clash, Edit, edited, edits_between, entry, same
from risk_kit.wire import answers_json
from risk_kit.yamlread import Document

SMALL: Final = Path(__file__).parent / "data" / "small"
PACK: Final = catalogue.pack(str(SMALL))
DAY: Final = date(2026, 7, 7)
START: Final = datetime(2026, 7, 7, 9, 30, tzinfo=timezone(timedelta(hours=8)))
ONE: Final = "case-0000001"
TWO: Final = "case-0000002"
HOSTILE: Final = (
    "<script>alert(1)</script> {{7*7}} =1+1 '); DROP TABLE cases;-- \x00 \ud800 𨭎 ../..\\x"
)

_seconds = count()


def act(actor: str = "王小明") -> Act:
    """Another second each time."""
    return Act(START + timedelta(seconds=next(_seconds)), actor)


def document(**values: Value) -> dict[str, Any]:
    found = AnswerSet({name: Answer(value) for name, value in values.items()}, {"name": "測試案"})
    return answers_json(PACK, found, DAY)


@pytest.fixture(scope="module")
def postgresql(require_program: Callable[[str], Path]) -> Iterator[Server]:
    with server(require_program("initdb")) as found:
        yield found


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return str(tmp_path / "cases.sqlite3")
    found: Server = request.getfixturevalue("postgresql")
    return found.new_database()


@pytest.fixture
def store(place: str) -> Iterator[Store]:
    found = open_store(place)
    yield found
    found.close()


@pytest.fixture
def other(store: Store, place: str) -> Iterator[Store]:
    """The same store, opened a second time."""
    found = open_store(place)
    yield found
    found.close()


def put(store: Store, seen: int, question: str, value: object, actor: str = "王小明") -> Case:
    return store.change(ONE, seen, [Edit("answers", question, value)], act(actor))


def code(error: pytest.ExceptionInfo[Any]) -> str:
    assert paragraphs(error.value)
    return str(error.value.problems[0].code)


# ------------------------------------------------------------------ a case


def test_a_case_comes_back_as_the_answers_it_was_made_of(store: Store, other: Store) -> None:
    proofs = (Evidence("計畫書", "https://example.tw/1"), Evidence(file="a.pdf", sha256="0" * 64))
    whole = AnswerSet(
        {
            "used": Answer(True, "說明", proofs),
            "harm": Answer(UNKNOWN),
            "who": Answer(frozenset({"staff", "public"})),
            "people": Answer(0),
            "since": Answer(date(2026, 1, 2)),
            "remark": Answer("甲\n乙"),
        },
        {"name": "案", "agency": "處"},
    )
    made = store.create(ONE, answers_json(PACK, whole, DAY), act(), what="imported")
    found = other.case(ONE)
    assert found == made
    assert (found.revision, found.state, found.title) == (1, "draft", "案")
    file = answers.from_document(Document(found.document, {}, "case"))
    work = casework.open_case(file, str(SMALL))
    assert work.answers == whole
    assert work.assessment.as_of == DAY


def test_a_case_without_a_day_and_with_parts_yet_unknown_is_kept(store: Store) -> None:
    given = {"framework": "small@1", "answers": {}, "followups": {"o1": {"state": "done"}}}
    store.create(ONE, given, act())
    found = store.change(ONE, 1, [Edit("followups", "o1", {"state": "open"})], act())
    assert found.document["followups"] == {"o1": {"state": "open"}}
    found = store.change(ONE, 2, [Edit("as_of", "", "2026-01-01")], act())
    assert store.undo(ONE, 2, act()).document == given | {"as_of": "2026-01-01"}


def test_nothing_is_lost_when_the_program_ends(place: str) -> None:
    first = open_store(place)
    first.create(ONE, document(used=True), act())
    put(first, 1, "people", 5)
    before = first.history(ONE)
    first.close()
    second = open_store(place)
    assert second.case(ONE).document == document(used=True, people=5)
    assert second.history(ONE) == before
    second.close()


@pytest.mark.parametrize(
    "ident",
    ["", "unknown-1", "../../x", "a" * 100, "\x00" * 9, "<script>x", "'; --aaaaa", "甲" * 9],
)
def test_an_unknown_case_is_said_to_be_unknown(store: Store, ident: str) -> None:
    store.create(ONE, document(), act())
    for call in (store.case, store.history, lambda one: store.past(one, 1)):
        with pytest.raises(NotAvailable) as error:
            call(ident)
        assert code(error) == "no_case"
    with pytest.raises(NotAvailable) as error:
        store.change(ident, 1, [Edit("answers", "used", True)], act())
    assert code(error) == "no_case"


def test_an_id_is_taken_once(store: Store) -> None:
    store.create(ONE, document(used=True), act())
    with pytest.raises(BadInput) as error:
        store.create(ONE, document(), act())
    assert code(error) == "case_exists"
    assert store.case(ONE).document == document(used=True)


def test_the_shell_must_give_a_token_a_zone_and_no_state(store: Store) -> None:
    with pytest.raises(ValueError, match="URL-safe"):
        store.create("../../etc", document(), act())
    with pytest.raises(ValueError, match="state"):
        store.create(ONE, {"state": "archived", **document()}, act())
    with pytest.raises(ValueError, match="zone"):
        store.create(ONE, document(), Act(START.replace(tzinfo=None), "x"))
    store.create(ONE, document(), act())
    for part in ("state", "", "Answers", "a.b"):
        with pytest.raises(ValueError, match="part"):
            store.change(ONE, 1, [Edit(part, "", "archived")], act())
    with pytest.raises(ValueError, match="mapping"):
        store.change(ONE, 1, [Edit("answers", "", {})], act())


def test_times_come_back_in_utc(store: Store) -> None:
    when = act()
    made = store.create(ONE, document(), when)
    assert store.case(ONE).created == when.at == made.created
    assert store.case(ONE).created.tzinfo is UTC
    assert store.history(ONE)[0].act == when


def test_texts_are_data(store: Store) -> None:
    given = document(remark=HOSTILE)
    given["case"]["name"] = HOSTILE
    given["answers"]["used"] = {"value": True, "note": HOSTILE, "evidence": [{"title": HOSTILE}]}
    store.create(ONE, given, Act(START, HOSTILE), source=HOSTILE)
    store.change(ONE, 1, [Edit("case", "unit", HOSTILE)], Act(START, HOSTILE))
    found = store.case(ONE)
    assert found.document["answers"] == given["answers"]
    assert found.document["case"]["unit"] == found.title == HOSTILE
    listed = store.cases().cases[0]
    assert listed.title.isprintable()
    assert listed.title.startswith("<script>")
    assert store.history(ONE)[0].act.actor.isprintable()


def test_what_is_too_large_or_no_json_is_refused(store: Store) -> None:
    store.create(ONE, document(), act())
    with pytest.raises(BadInput) as error:
        put(store, 1, "remark", "字" * 3_000_000)
    assert code(error) == "case_too_large"
    with pytest.raises(BadInput) as error:
        put(store, 1, "people", 0.5)
    assert code(error) == "case_not_json"
    for name in ("x" * 201, "a\x00b", "\ud800"):
        with pytest.raises(BadInput) as error:
            store.change(ONE, 1, [Edit("case", name, "x")], act())
        assert code(error) == "case_bad_entry"
    assert store.case(ONE).revision == 1


# ------------------------------------------------------------------ the list


def test_the_list_is_paged_and_last_changed_first(store: Store) -> None:
    idents = [f"case-{number:07}" for number in range(25)]
    for ident in idents:
        store.create(ident, document() | {"case": {"name": ident}}, act())
    store.change(idents[3], 1, [Edit("case", "name", "改")], act())
    order = [idents[3], *(one for one in reversed(idents) if one != idents[3])]
    pages = [store.cases(offset=offset, limit=10) for offset in (0, 10, 20, 30)]
    assert [one.id for page in pages for one in page.cases] == order
    assert [len(page.cases) for page in pages] == [10, 10, 5, 0]
    assert {page.total for page in pages} == {25}
    first = pages[0].cases[0]
    assert (first.title, first.framework, first.state, first.revision) == (
        "改",
        "small@1",
        "draft",
        2,
    )
    assert first.created < first.changed


def test_an_archived_case_is_in_the_other_list_and_cannot_be_changed(store: Store) -> None:
    store.create(ONE, document(used=True), act())
    assert store.archive(ONE, act()).state == "archived"
    assert store.archive(ONE, act()).revision == 2
    assert store.cases().total == 0
    (listed,) = store.cases("archived").cases
    assert listed.state == "archived"
    with pytest.raises(BadInput) as error:
        put(store, 2, "used", False)
    assert code(error) == "case_archived"
    found = store.restore(ONE, act())
    assert (found.state, found.document) == ("draft", document(used=True))
    assert store.cases().total == 1
    assert [one.what for one in store.history(ONE)] == ["restored", "archived", "created"]
    assert store.past(ONE, 2).state == "archived"
    assert put(store, 3, "used", False).revision == 4


def test_a_duplicate_goes_its_own_way(store: Store) -> None:
    store.create(ONE, document(used=True), act())
    put(store, 1, "people", 7)
    made = store.duplicate(ONE, TWO, act(), [Edit("case", "name", "副本")])
    assert (made.title, made.revision) == ("副本", 1)
    store.change(TWO, 1, [Edit("answers", "people", 8)], act())
    assert store.case(ONE).document["answers"] == {"used": True, "people": 7}
    assert store.case(TWO).document["answers"] == {"used": True, "people": 8}
    first = store.history(TWO)[-1]
    assert (first.what, first.source) == ("duplicated", ONE)
    assert store.history(ONE)[0].revision == 2


# ------------------------------------------------------------------ changes


def test_a_change_is_an_event_with_old_and_new(store: Store) -> None:
    store.create(ONE, document(used=True), act())
    when = act("李")
    edits = [
        Edit("answers", "used", None),
        Edit("answers", "people", 3),
        Edit("case", "unit", "科"),
    ]
    found = store.change(ONE, 1, edits, when)
    assert found == store.case(ONE)
    assert found.document["answers"] == {"people": 3}
    assert found.changed == when.at
    event = store.history(ONE)[0]
    assert (event.revision, event.what, event.act) == (2, "changed", when)
    told = {(one.part, one.name): (one.old, one.new) for one in event.changes}
    assert told == {
        ("answers", "used"): (True, None),
        ("answers", "people"): (None, 3),
        ("case", "unit"): (None, "科"),
    }


def test_what_changes_nothing_is_no_event(store: Store) -> None:
    store.create(ONE, document(people=1), act())
    assert put(store, 1, "people", 1).revision == 1
    assert put(store, 1, "used", None).revision == 1
    assert put(store, 1, "people", True).revision == 2  # true is not 1


def test_two_tabs_on_different_questions_both_keep_their_answers(
    store: Store, other: Store
) -> None:
    store.create(ONE, document(), act())
    put(store, 1, "used", True)
    found = put(other, 1, "people", 9)
    assert found.revision == 3
    assert found.document["answers"] == {"used": True, "people": 9}


def test_two_tabs_on_one_question_clash_and_both_sides_are_told(store: Store, other: Store) -> None:
    store.create(ONE, document(people=1), act())
    put(store, 1, "people", 2, "甲")
    wanted = [Edit("answers", "used", True), Edit("answers", "people", 3)]
    with pytest.raises(Clash) as error:
        other.change(ONE, 1, wanted, act("乙"))
    assert code(error) == "store_clash"
    assert "「甲」" in paragraphs(error.value)
    (rival,) = error.value.rivals
    assert (rival.wanted.value, rival.found, rival.revision) == (3, 2, 2)
    assert rival.act.actor == "甲"
    assert error.value.case == store.case(ONE)
    assert store.case(ONE).document == document(people=2)  # none of the two edits was made
    assert put(other, 2, "people", 3, "乙").revision == 3


def test_the_same_change_twice_and_there_and_back_are_no_clash(store: Store, other: Store) -> None:
    store.create(ONE, document(people=1), act())
    put(store, 1, "people", 2)
    assert put(other, 1, "people", 2).revision == 2
    put(store, 2, "people", 1)
    assert put(other, 1, "people", 5).revision == 4
    with pytest.raises(Clash):
        put(other, 3, "people", 6)


def test_a_screen_that_saw_more_than_the_store_holds_writes_nothing(store: Store) -> None:
    store.create(ONE, document(people=1), act())
    for seen in (2, 0):
        with pytest.raises(NotAvailable) as error:
            put(store, seen, "people", 4)
        assert code(error) == "no_revision"
    assert store.case(ONE).revision == 1


def test_taking_an_answer_back_can_clash_too(store: Store) -> None:
    store.create(ONE, document(people=1), act())
    put(store, 1, "people", None)
    with pytest.raises(Clash) as error:
        put(store, 1, "people", 4)
    assert error.value.rivals[0].found is None


def test_many_threads_on_one_case(store: Store, other: Store) -> None:
    store.create(ONE, document(), act())

    def write(number: int) -> str:
        one = (store, other)[number % 2]
        one.change(ONE, 1, [Edit("case", f"fact{number}", str(number))], act())
        try:
            put(one, 1, "people", number)
        except Clash:
            return "clash"
        return "won"

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(write, range(40)))
    assert results.count("won") == 1
    found = store.case(ONE)
    assert found.revision == 42
    assert {f"fact{n}": str(n) for n in range(40)}.items() <= found.document["case"].items()
    assert [one.revision for one in store.history(ONE, limit=100)] == list(range(42, 0, -1))
    assert store.past(ONE, 42).document == found.document


# ------------------------------------------------------------------ history


def test_history_is_paged_and_any_past_state_can_be_opened(store: Store) -> None:
    store.create(ONE, document(), act())
    for number in range(1, 8):
        put(store, number, "people", number)
    first = store.history(ONE, limit=5)
    rest = store.history(ONE, before=first[-1].revision, limit=5)
    assert [one.revision for one in (*first, *rest)] == [8, 7, 6, 5, 4, 3, 2, 1]
    assert rest[-1].changes[0].new == document()
    past = store.past(ONE, 4)
    assert (past.revision, past.document["answers"]) == (4, {"people": 3})
    assert past.changed == first[-1].act.at
    back = edits_between(store.case(ONE).document, past.document)
    assert store.change(ONE, 8, back, act()).document == past.document
    for revision in (0, -1, 10):
        with pytest.raises(NotAvailable) as error:
            store.past(ONE, revision)
        assert code(error) == "no_revision"


def test_the_history_of_one_question(store: Store) -> None:
    store.create(ONE, document(people=1), act())
    store.change(ONE, 1, [Edit("answers", "people", 2), Edit("answers", "used", True)], act())
    put(store, 2, "used", False)
    put(store, 3, "people", None)
    found = store.entry_history(ONE, "answers", "people")
    assert [(one.revision, one.changes[0].old) for one in found] == [(4, 2), (2, 1)]
    assert all(len(one.changes) == 1 for one in found)
    assert store.entry_history(ONE, "answers", "harm") == ()


def test_undo_goes_back_step_by_step_and_deletes_nothing(store: Store) -> None:
    store.create(ONE, document(people=0), act())
    put(store, 1, "people", 1)
    put(store, 2, "people", 2)
    for wanted in (3, 2):
        found = store.undoable(ONE)
        assert found == wanted
        store.undo(ONE, wanted, act())
    assert store.undoable(ONE) is None
    assert store.case(ONE).document == document(people=0)
    events = store.history(ONE)
    assert [(one.what, one.reverts) for one in events[:2]] == [("undone", 2), ("undone", 3)]
    assert len(events) == 5
    assert store.undo(ONE, 5, act()).document == document(people=1)
    assert store.undoable(ONE) == 2


def test_undo_leaves_alone_what_others_did_since(store: Store) -> None:
    store.create(ONE, document(), act())
    put(store, 1, "people", 1)
    put(store, 2, "used", True)
    assert store.undo(ONE, 2, act()).document["answers"] == {"used": True}
    put(store, 4, "used", False)
    with pytest.raises(Clash):
        store.undo(ONE, 3, act())
    with pytest.raises(BadInput) as error:
        store.undo(ONE, 1, act())
    assert code(error) == "cannot_undo"
    with pytest.raises(NotAvailable):
        store.undo(ONE, 99, act())


# ------------------------------------------------------------------ laws

NAMES: Final = st.sampled_from(["a", "b", "c"])
VALUES: Final = st.none() | st.booleans() | st.integers(0, 2) | st.text(max_size=2)
EDITS: Final = st.builds(Edit, st.sampled_from(["answers", "case", "more"]), NAMES, VALUES)
SCALARS: Final = st.builds(Edit, st.just("as_of"), st.just(""), st.sampled_from(["x", "y", None]))
ACTS: Final = st.lists(st.lists(EDITS | SCALARS, min_size=1, max_size=4), max_size=12)
DOCUMENTS: Final = st.dictionaries(
    st.sampled_from(["answers", "case"]),
    st.dictionaries(NAMES, VALUES.filter(lambda one: one is not None), min_size=1),
)


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    found = open_store(tmp_path_factory.mktemp("laws") / "cases.sqlite3")
    yield found
    found.close()


_cases = count()


@settings(max_examples=40)
@given(ACTS)
def test_every_state_can_be_replayed_and_every_step_undone(
    shared: Store, acts: list[list[Edit]]
) -> None:
    ident = f"law-{next(_cases):08}"
    case = shared.create(ident, document(), act())
    states = [case.document]
    for edits in acts:
        case = shared.change(ident, case.revision, edits, act())
        states += [case.document] * (case.revision - len(states))
    for number, state in enumerate(states, 1):
        assert same(shared.past(ident, number).document, state)
    while (step := shared.undoable(ident)) is not None:
        case = shared.undo(ident, step, act())
    assert same(filled(case.document), filled(document()))
    assert same(shared.past(ident, case.revision).document, case.document)


@given(DOCUMENTS, DOCUMENTS)
def test_the_edits_between_two_documents_lead_from_one_to_the_other(
    before: dict[str, Any], after: dict[str, Any]
) -> None:
    found = before
    for one in edits_between(before, after):
        found = edited(found, one)
    assert same(filled(found), after)
    assert edits_between(found, after) == ()


def filled(whole: dict[str, Any]) -> dict[str, Any]:
    """A document without its empty parts: one that was added and emptied again stays as {}."""
    return {name: part for name, part in whole.items() if part}


def test_an_entry_is_named_where_there_are_names() -> None:
    whole = {"answers": {"a": 1}, "as_of": "x"}
    assert entry(whole, "answers", "a") == 1
    assert entry(whole, "answers", "b") is None
    assert entry(whole, "gone", "b") is None
    for part, name in (("answers", ""), ("as_of", "a")):
        with pytest.raises(ValueError, match=part):
            entry(whole, part, name)
