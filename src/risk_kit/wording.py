"""Words that every shell shows: dates, values, states, the sentence that says a result."""

from __future__ import annotations

from datetime import date
from typing import Final

from risk_kit import pinpoints
from risk_kit.assess import Assessment, LevelRange
from risk_kit.model import UNKNOWN, Basis, Cite, Pack, Question, Rule, Source, Text, Value
from risk_kit.whatif import Change, Lowering

TEXTS: Final[dict[str, Text]] = {
    "holds": Text("成立", "holds"),
    "undecided": Text("尚未確定", "undecided"),
    "does_not_hold": Text("不成立", "does not hold"),
    "official": Text("官方", "official"),
    "guidance": Text("指引", "guidance"),
    "toolkit": Text("本工具", "this toolkit"),
    "verified": Text("已核對原文", "checked against the original"),
    "unverified": Text("尚未核對原文", "not checked against the original"),
    "indicative": Text("指示性", "indicative"),
    "unknown": Text("尚未確認", "not yet known"),
    "unanswered": Text("尚未作答", "not answered"),
    "yes": Text("是", "yes"),
    "no": Text("否", "no"),
    "nothing_chosen": Text("未選任何項目", "none chosen"),
    "builds": Text("開發或提供者", "developer or provider"),
    "uses": Text("導入使用者", "deployer"),
    "importer": Text("進口者", "importer"),
    "distributor": Text("經銷者", "distributor"),
    "authority": Text("主管機關", "sector authority"),
    "government": Text("政府機關", "government agency"),
    "preparer": Text("填報人", "Preparer"),
    "reviewer": Text("審查人", "Reviewer"),
    "approver": Text("核定人", "Approver"),
    "statute": Text("法律", "statute"),
    "regulation": Text("法規命令", "regulation"),
    "ruling": Text("解釋或裁判", "ruling"),
    "self_regulation": Text("自律規範", "self-regulation"),
    "standard": Text("標準", "standard"),
    "foreign_law": Text("外國法", "foreign law"),
    "method": Text("本工具方法", "toolkit method"),
    "basis_law": Text(
        "情形依據：官方（法律明列）；級距：本工具訂定（指示性）",
        "situation: official (named in law); level: set by this toolkit (indicative)",
    ),
    "basis_official": Text(
        "情形依據：官方文件；級距：本工具訂定（指示性）",
        "situation: official document; level: set by this toolkit (indicative)",
    ),
    "basis_guidance": Text(
        "情形依據：指引；級距：本工具訂定（指示性）",
        "situation: guidance; level: set by this toolkit (indicative)",
    ),
    "basis_item": Text(
        "子類型依據：官方框架；條件與級距：本工具訂定（指示性）",
        "sub-type: official framework; condition and level: set by this toolkit (indicative)",
    ),
    "basis_toolkit": Text(
        "條件與級距：本工具訂定（指示性）",
        "condition and level: set by this toolkit (indicative)",
    ),
}
_LAW: Final = ("statute", "regulation")
_LOWERING: Final[dict[str, Text]] = {
    "found": Text(
        "最少改變 {count} 項可調整的設計，上限即可降低：",
        "Changing {count} adjustable answers lowers the upper bound:",
    ),
    "none": Text(
        "沒有可調整的設計能降低上限；下列事由不受其影響：{titles}。",
        "No adjustable answer lowers the upper bound; these stand regardless: {titles}.",
    ),
    "more": Text(
        "須改變四項以上，上限才可能降低。",
        "More than four changes would be needed to lower the upper bound.",
    ),
    "lowest": Text("上限已是最低的級距。", "The upper bound is already the lowest level."),
    "gave_up": Text(
        "可調整的組合太多，未能逐一試完。",
        "There are too many combinations of adjustable answers to try them all.",
    ),
}
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


def say(key: str, language: str) -> str:
    """A word of the table; ids that are not in it are shown as they are."""
    return of(TEXTS[key], language) if key in TEXTS else key


def of(text: Text, language: str) -> str:
    """A text in one language: "zh" or "en"."""
    return text.zh if language == "zh" else text.en


def day(value: date, language: str) -> str:
    """A date as documents write it: 中華民國115年11月22日, or 22 November 2026."""
    if language == "zh" and value.year < 1912:  # noqa: PLR2004 - year 1 of the Republic
        return f"西元{value.year}年{value.month}月{value.day}日"
    if language == "zh":
        return f"中華民國{value.year - 1911}年{value.month}月{value.day}日"
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def value(question: Question, given: Value | None, language: str) -> str:
    """An answer in words, with the labels of the options."""
    if given is None or given is UNKNOWN:
        return say("unanswered" if given is None else "unknown", language)
    if isinstance(given, bool):
        return say("yes" if given else "no", language)
    if isinstance(given, frozenset):
        chosen = [of(o.label, language) for o in question.options if o.id in given]
        joint = "；" if language == "zh" else "; "
        return joint.join(chosen) or say("nothing_chosen", language)
    if isinstance(given, date):
        return day(given, language)
    labels = {option.id: of(option.label, language) for option in question.options}
    return labels.get(str(given), str(given))


def level(pack: Pack, name: str | None, language: str) -> str:
    """The label of a level of the main scale."""
    found = {one.id: of(one.label, language) for one in pack.main_scale.levels}
    return found.get(name or "", "")


def span(pack: Pack, tier: LevelRange, language: str) -> str:
    """A tier or its range in words, always marked as indicative."""
    if tier.low is None or tier.high is None:
        return "不在本框架範圍" if language == "zh" else "outside the scope of the framework"
    low, high = level(pack, tier.low, language), level(pack, tier.high, language)
    words = low if low == high else between(low, high, language)
    return f"指示性：{words}" if language == "zh" else f"Indicative: {words}"


def scale_span(pack: Pack, span: LevelRange, language: str) -> str:
    """A level of any scale, or the range it lies in."""
    if span.low is None or span.high is None:
        return "不在本框架範圍" if language == "zh" else "outside the scope of the framework"
    labels = {one.id: of(one.label, language) for one in pack.scales[span.scale].levels}
    low, high = labels[span.low], labels[span.high]
    return low if low == high else between(low, high, language)


def between(low: str, high: str, language: str) -> str:
    """A range of two labels."""
    return f"{low}～{high}" if language == "zh" else f"{low} – {high}"


def result(pack: Pack, assessment: Assessment, language: str) -> str:
    """One sentence that says the result and how sure it is."""
    zh = language == "zh"
    tier, missing = assessment.tier, len(assessment.open_questions)
    if assessment.applies == "does_not_hold":
        return (
            "依所填答案，本項應用不在本框架之範圍，故不給級距。"
            if zh
            else "On these answers the use lies outside the scope of the framework; no tier is given."
        )
    low, high = level(pack, tier.low, language), level(pack, tier.high, language)
    scope = _scope(assessment, zh=zh) + _contradiction(pack, assessment, zh=zh)
    scope, name = _blanks(assessment, zh=zh) + scope, _result_name(pack, language)
    if len(pack.main_scale.levels) == 1:
        return scope + (
            "本制度不分級；以下是依所填答案成立的項目與涵蓋情形。"
            if zh
            else "This regime does not rank; below is what holds on these answers, and the coverage."
        )
    if tier.low == tier.high:
        return scope + (
            f"依所填答案，本項應用之{name}為「{low}」。"
            if zh
            else f"On these answers the {name} of this use is “{low}”."
        )
    return scope + (
        f"依目前答案，{name}介於「{low}」與「{high}」之間，尚有 {missing} 題影響結果；定案前以「{high}」看待。"
        if zh
        else f"So far the {name} lies between “{low}” and “{high}”; {missing} open "
        f"{'question' if missing == 1 else 'questions'} can still move it. Until then treat it as “{high}”."
    )


def _result_name(pack: Pack, language: str) -> str:
    """What the main scale measures, marked as indicative."""
    title = pack.main_scale.title
    if language == "zh":
        return "指示性" + title.zh.removeprefix("指示性")
    bare = title.en.removeprefix("Indicative ")
    return f"indicative {bare[:1].lower()}{bare[1:]}"


def _blanks(assessment: Assessment, *, zh: bool) -> str:
    if not assessment.unanswered_as_none:
        return ""
    return (
        "本次依要求把未回答的題目一律視為「無」，並非完整評估。"
        if zh
        else "As asked, every open question counts as nothing here; this is no full assessment. "
    )


def _scope(assessment: Assessment, *, zh: bool) -> str:
    if assessment.applies != "undecided":
        return ""
    return (
        "是否屬本框架範圍尚未確定。" if zh else "Whether the use is in scope is not settled yet. "
    )


def _contradiction(pack: Pack, assessment: Assessment, *, zh: bool) -> str:
    """Said first while a check that blocks holds: some answers cannot both be right."""
    blocked = any(
        one.state == "holds" and pack.rules[one.rule].flag == "block" for one in assessment.findings
    )
    if not blocked:
        return ""
    return (
        "部分答案互相矛盾，釐清前不宜定案。"
        if zh
        else "Some answers contradict each other; settle them before relying on the result. "
    )


def change(pack: Pack, one: Change, language: str) -> str:
    """One changed answer in words: the question, what it was, what it would be."""
    question = pack.questions[one.question]
    before, after = (value(question, given, language) for given in (one.before, one.after))
    label = of(question.label, language)
    if language == "zh":
        return f"「{label}」由「{before}」改為「{after}」"
    return f"“{label}”: from “{before}” to “{after}”"


def bounds(pack: Pack, low: int | None, high: int | None, language: str) -> str:
    """Places on the main scale as a level, a range of levels, or out of scope."""
    if low is None or high is None:
        return "不在本框架範圍" if language == "zh" else "outside the scope of the framework"
    labels = [of(pack.main_scale.levels[place].label, language) for place in (low, high)]
    return labels[0] if low == high else between(labels[0], labels[1], language)


def lowering(pack: Pack, found: Lowering, language: str) -> str:
    """One sentence on whether, and how cheaply, the upper bound can be lowered."""
    count = len(found.ways[0].changes) if found.ways else 0
    titles = [of(pack.rules[rule].title, language) for rule in found.blocked_by]
    joined = ("、" if language == "zh" else "; ").join(titles)
    return of(_LOWERING[found.outcome], language).format(count=count, titles=joined)


def cite(pack: Pack, one: Cite, language: str) -> str:
    """A citation in words: title, pinpoint, and whether the text was checked."""
    source = pack.sources.get(one.source)
    if source is None:
        return f"{one.source} {one.at}".strip()
    title = of(source.title, language)
    title = f"《{title}》" if language == "zh" and source.force != "method" else title
    words = f"{title}{one.at}" if language == "zh" else f"{title} {pinpoint(one, language)}".strip()
    return f"{words}{_bracket(checked(source, language), language)}"


def pinpoint(one: Cite, language: str) -> str:
    """Where in the source."""
    return one.at if language == "zh" else one.at_en or pinpoints.english(one.at)


def checked(source: Source, language: str) -> str:
    """Whether the source's text was compared with the original; empty for the toolkit's own."""
    if source.force == "method":
        return ""
    return say("verified" if source.verified else "unverified", language)


def basis(kind: Basis, language: str) -> str:
    """Whose statement it is."""
    return f"依據：{say(kind, language)}" if language == "zh" else f"basis: {say(kind, language)}"


def rule_basis(pack: Pack, rule: Rule, language: str) -> str:
    """Whose the situation of a rule is; where it raises something, also whose the level is."""
    if not (rule.raises or rule.points):
        return basis(rule.basis, language)
    return say(f"basis_{_basis_of(pack, rule)}", language)


def _basis_of(pack: Pack, rule: Rule) -> str:
    if rule.basis == "official":
        forces = {
            pack.sources[one.source].force for one in rule.cites if one.source in pack.sources
        }
        return "law" if forces.intersection(_LAW) else "official"
    item = pack.items.get(rule.item or "")
    own = rule.basis == "toolkit" and item is not None and item.basis == "official"
    return "item" if own else rule.basis


def _bracket(words: str, language: str) -> str:
    if not words:
        return ""
    return f"（{words}）" if language == "zh" else f" ({words})"
