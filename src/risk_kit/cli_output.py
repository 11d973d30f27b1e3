"""What the command line prints: sentences for people, JSON for pipelines."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from risk_kit import messages, prose, wire, wording
from risk_kit.assess import Work
from risk_kit.case_report import CaseReport, report_json, report_lines
from risk_kit.checking import Checked
from risk_kit.difference import Difference
from risk_kit.digest import sha256
from risk_kit.distance import distance
from risk_kit.document import Language
from risk_kit.errors import Problem, RiskKitError
from risk_kit.model import CHECKS, Pack, Rule
from risk_kit.proving import Exact, Proved, exact_json, exact_words, proved_json, proved_lines
from risk_kit.report_place import place_rows
from risk_kit.sign_facts import SignerFacts
from risk_kit.whatif import Explorer

if TYPE_CHECKING:
    from risk_kit.verification import Verdict

Json = dict[str, Any]
_MOST_LINES = 12
_SORTS = {"added": "新增 added", "removed": "移除 removed", "changed": "變更 changed"}
_REVOCATION: dict[str, str] = {
    "not_checked": "revocation_not_checked",
    "given": "revocation_given",
    "embedded": "revocation_embedded",
}
_ORDER = {"holds": 0, "undecided": 1, "does_not_hold": 2}


def print_json(value: Json) -> None:
    """One JSON object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def problem_json(problem: Problem) -> Json:
    """A problem with its place and its sentence in both languages."""
    texts = {language: messages.sentence(problem, language) for language in ("zh", "en")}
    place = {"file": problem.file, "line": problem.line, "path": problem.path}
    return {"code": problem.code, **place, **texts}


def show_error(error: RiskKitError, form: str) -> None:
    """An error on standard error, or as JSON on standard output."""
    if form == "json":
        print_json({"ok": False, "problems": [problem_json(one) for one in error.problems]})
    else:
        click.echo(messages.paragraphs(error), err=True)


def show_check(checked: Checked, form: str) -> int:
    """The result of `check`; 0 when nothing is wrong, 1 for faults, 2 when a file is unreadable."""
    ok = not checked.problems
    if form == "json":
        found = [problem_json(one) for one in checked.problems]
        print_json({"ok": ok, "files": list(checked.files), "problems": found})
    elif ok:
        count = len(checked.files)
        click.echo(f"檢查 {count} 個檔案，沒有問題。\nChecked {count} files: nothing is wrong.")
    else:
        click.echo(messages.paragraphs(checked.problems), err=True)
    return 0 if ok else 1 if checked.readable else 2


def show_assessment(work: Work, form: str, exact: Exact | None = None) -> None:
    """The tier or its range (with `exact`, the solver's too), the reasons and the open questions."""
    if form == "json":
        more = {} if exact is None else {"exact": exact_json(exact)}
        print_json(wire.assessment_json(work.pack, work.assessment) | more)
        return
    for language in ("zh", "en"):
        click.echo(wording.result(work.pack, work.assessment, language))
        if exact is not None:
            click.echo(exact_words(work.pack, exact, language))
    click.echo("")
    for finding in sorted(work.assessment.findings, key=lambda f: _ORDER[f.state]):
        rule = work.pack.rules[finding.rule]
        if finding.state != "does_not_hold" and _told(work, rule):
            state = wording.say(finding.state, "zh")
            click.echo(f"[{state}] {rule.title.zh}")
            click.echo(f"    {wording.rule_basis(work.pack, rule, 'zh')}")
            for question, value in finding.witness.items():
                asked = work.pack.questions[question]
                click.echo(f"    {asked.label.zh} → {wording.value(asked, value, 'zh')}")
    if work.assessment.open_questions:
        click.echo("\n尚待回答 / Open questions:")
        for one in work.assessment.open_questions:
            label = work.pack.questions[one.question].label
            click.echo(f"  - {label.zh} / {label.en} [{one.question}]")


def _told(work: Work, rule: Rule) -> bool:
    """Whether a rule bears on the tier or checks the answers; the rest is in the report and JSON."""
    main = work.pack.framework.main_scale
    return rule.flag in CHECKS or any(one.scale == main for one in rule.raises)


def show_whatif(work: Work, found: Explorer, form: str) -> None:
    """The least changes that lower the upper bound, and single answers that would raise a bound."""
    if form == "json":
        print_json(wire.whatif_json(work.pack, found))
        return
    near = distance(found)
    languages: tuple[Language, Language] = ("zh", "en")
    for language in languages:
        for what, far in place_rows(work.pack, work.assessment.tier, near, language):
            click.echo(f"{what}{'：' if language == 'zh' else ': '}{far}")
    click.echo("")
    lowering, rises = found.lowering(), found.rises()
    for language in languages:
        click.echo(wording.lowering(work.pack, lowering, language))
        for way in lowering.ways[:_MOST_LINES]:
            told = [wording.change(work.pack, one, language) for one in way.changes]
            click.echo(f"  - {'；'.join(told) if language == 'zh' else '; '.join(told)}")
    click.echo(f"\n改變一項答案即提高結果的，有 {len(rises)} 種。")
    click.echo(f"Single answers that would raise it: {len(rises)}.")
    for effect in rises[:_MOST_LINES]:
        ends = (effect.low, effect.high)
        levels = [wording.bounds(work.pack, *ends, language) for language in ("zh", "en")]
        told_zh = wording.change(work.pack, effect.changes[0], "zh")
        click.echo(f"  - {told_zh} → {levels[0]} / {levels[1]}")


def show_differences(packs: tuple[Pack, Pack], found: tuple[Difference, ...], form: str) -> int:
    """Every difference in words; 1 when there is one."""
    base, head = packs
    if form == "json":
        same = base.digest == head.digest
        print_json({"same": same, "differences": [wire.record_json(one) for one in found]})
        return 1 if found else 0
    for one in found:
        click.echo(f"{_SORTS[one.sort]} {one.kind} {one.id} {one.field}")
        if one.sort == "changed":
            click.echo(f"    - {prose.anything(base, one.before, 'zh')}")
            click.echo(f"    + {prose.anything(head, one.after, 'zh')}")
    click.echo(f"差異 {len(found)} 處。Differences: {len(found)}.")
    return 1 if found else 0


def show_written(path: str, form: str, **facts: object) -> None:
    """A file was written."""
    if form == "json":
        print_json({"ok": True, "file": path, **facts})
    else:
        name = messages.shown(path)
        click.echo(f"已寫入 {name}\nWritten: {name}")


def show_batch(counts: Mapping[str, int], problems: Iterable[Problem], form: str) -> None:
    """How many reports were made, kept as they were, or failed, and why."""
    told = {state: counts.get(state, 0) for state in ("made", "kept", "failed")}
    if form == "json":
        found = [problem_json(one) for one in problems]
        print_json({"ok": not told["failed"], **told, "problems": found})
        return
    if told["failed"]:
        click.echo(messages.paragraphs(problems), err=True)
    click.echo("完成 {made} 份，已有而略過 {kept} 份，未完成 {failed} 份。".format(**told))
    click.echo("Made {made}, kept {kept}, failed {failed}.".format(**told))


def show_prepared(path: str, role: str, data: bytes, form: str) -> None:
    """A report was made ready to be signed elsewhere: which field, and how to check it later."""
    digest = sha256(data)
    if form == "json":
        print_json({"ok": True, "file": path, "field": role, "sha256": digest})
        return
    name = messages.shown(path)
    click.echo(f"已寫入 {name}，SHA-256 {digest}")
    click.echo(f"請以您的簽章軟體簽署欄位「{role}」，只加簽章、勿另存或改寫，再以下列指令檢查：")
    click.echo(
        f"Written: {name}. Sign the field “{role}” with your program, adding only that; then:"
    )
    click.echo(f"    risk-kit verify SIGNED.pdf --prepared {name} --trust …")


def show_verdict(verdict: Verdict, form: str) -> int:
    """The facts and the bottom line; 0 only when everything is in order."""
    if form == "json":
        from risk_kit.verification import verdict_json  # noqa: PLC0415 - other commands need no pyHanko

        reasons = [problem_json(one) for one in verdict.reasons]
        print_json(verdict_json(verdict) | {"problems": reasons})
    else:
        for line in verdict_lines(verdict):
            click.echo(line)
    return 0 if verdict.good else 1


def verdict_lines(verdict: Verdict) -> Iterable[str]:
    """The verdict in words, Chinese and English."""
    for signer in verdict.signatures.signers:
        role = wording.TEXTS.get(signer.role)
        names = f"{role.zh} / {role.en}" if role else messages.shown(signer.role)
        name, reason = messages.shown(signer.name), messages.shown(signer.reason)
        yield f"{names}: {name} ({signer.time}) {reason}"
        yield from time_lines(signer)
    for stamp in verdict.signatures.timestamps:
        by = messages.shown(stamp.name)
        yield f"文件時戳 / document timestamp: {by} ({stamp.time}) {_yes_no(good=stamp.trusted)}"
    if verdict.profile == "publishable":
        yield "可公開版：不公開的文字不在檔案內；完整答案只列其摘要，無法由本檔案核對。"
        yield "Publishable version: what is withheld is not in this file."
        yield "The digest of the full answers is stated; the file cannot prove it."
    if verdict.pack == "report":
        yield f"規則包取自報告本身 / pack from the report itself: {verdict.pack_digest}"
    if verdict.good:
        yield "可信：簽章有效、簽署人可信、頁面與內附答案相符，級距可由答案重算得出。"
        yield "Yes: signatures valid and trusted, pages match, the tier follows from the answers."
    else:
        yield "不能信賴這份檔案，原因如下："
        yield "No. What stands against this file:"
        yield messages.paragraphs(verdict.reasons)


def _yes_no(*, good: bool) -> str:
    return "可信 / trusted" if good else "無法信任 / not trusted"


def time_lines(signer: SignerFacts) -> Iterable[str]:
    """What is proven of the time, the level that was reached, and why not the next one."""
    if signer.proven is not None:
        yield f"    時戳證明不晚於 / proven by timestamp: {signer.proven}"
    elif signer.intact:
        yield "    簽署時間為簽署者所稱 / the time is the signer's own claim"
    if signer.level != "none":
        known = Problem(_REVOCATION[signer.revocation])
        zh, en = (messages.sentence(known, language) for language in ("zh", "en"))
        yield f"    PAdES {signer.level.upper()}；{zh} / {en}"
    if signer.level_problem is not None:
        why = Problem(signer.level_problem)
        yield f"    {messages.sentence(why, 'zh')}"
        yield f"    {messages.sentence(why, 'en')}"


def show_tests(report: CaseReport, form: str) -> int:
    """The outcome of the golden cases and what they cover; 1 when a case differs."""
    if form == "json":
        print_json(report_json(report))
    else:
        for one in report.failed:
            title = messages.shown(one.case.title)
            click.echo(f"{one.case.file}:{one.case.line} {one.case.id} {title}", err=True)
            for what, wanted, got in one.differences:
                click.echo(f"    {what}: 預期 expected {wanted}，得到 got {got}", err=True)
        for line in report_lines(report):
            click.echo(line)
    return 1 if report.failed else 0


def show_proved(proved: Proved, written: Iterable[Path], form: str) -> int:
    """The findings of `prove`; 1 when one counts or a check did not come to its end."""
    if form == "json":
        print_json(proved_json(proved) | {"written": [str(path) for path in written]})
    else:
        for line in proved_lines(proved):
            click.echo(line)
        for path in written:
            click.echo(f"已寫入 {path} / written: {path}")
    return 0 if proved.clean else 1
