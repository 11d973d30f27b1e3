"""The rulebook's own words: headings, labels, effects, roles. Key → text in both languages."""

from __future__ import annotations

from typing import Final

from risk_kit import wording
from risk_kit.document import Language
from risk_kit.model import Text

WORDS: Final[dict[str, Text]] = {
    "title": Text("規則總覽", "Rulebook"),
    "lead": Text(
        "由規則包產生，逐條列出條件、效果、理由、出處與依據。未載效期者，未定期限。",
        "Made from the pack: every rule with its condition, effect, reason, source and basis. Where "
        "no validity is given, no end is set.",
    ),
    "digest": Text("規則包摘要（SHA-256）", "Pack digest (SHA-256)"),
    "version": Text("版本", "Version"),
    "skip": Text("跳到內容", "Skip to the content"),
    "contents": Text("目次", "Contents"),
    "base": Text("基礎框架", "Base framework"),
    "layer": Text("規則層", "Layer"),
    "layers": Text("疊加規則", "Overlays"),
    "by_layer": Text("各規則層", "By layer"),
    "changed_by": Text("{title}，由{by}更動", "{title}, changed by {by}"),
    # parts
    "counts": Text("數量", "Counts"),
    "rules": Text("規則", "Rules"),
    "criteria": Text("判準", "Criteria"),
    "questions": Text("題目", "Questions"),
    "obligations": Text("應辦事項", "Obligations"),
    "sources": Text("引用之文件", "Documents cited"),
    "parameters": Text("參數", "Parameters"),
    "changes": Text("對基礎的更動", "Changes to the base"),
    "items": Text("條目（類型、子類型、原則等）", "Items (types, sub-types, principles)"),
    "cases": Text("黃金案例", "Golden cases"),
    "notices": Text("請先知道", "Please note"),
    "scales": Text("量尺", "Scales"),
    "dimensions": Text("計分面向", "Scored dimensions"),
    "derived": Text("由分數推得的數值", "Figures made of scores"),
    "sections": Text("題目的各節", "Parts of the questionnaire"),
    # groups of rules
    "raises": Text(
        "指示性級距提高到「{level}」的規則", "Rules that raise the indicative tier to “{level}”"
    ),
    "raises_scale": Text("只影響「{scale}」的規則", "Rules that move “{scale}” only"),
    "exempts": Text("排除事由", "Exemptions"),
    "obliges": Text("只發生應辦事項的規則", "Rules that only oblige"),
    "checks": Text("檢核與提醒", "Checks and remarks"),
    "gathers": Text("彙整的條目", "Items it gathers"),
    "parent": Text("上層條目", "Part of"),
    "other": Text("其他規則", "Other rules"),
    # effects
    "effect": Text("效果", "Effect"),
    "raise_tier": Text(
        "指示性級距至少為「{level}」。", "The indicative tier is at least “{level}”."
    ),
    "raise_scale": Text("「{scale}」至少為「{level}」。", "“{scale}” is at least “{level}”."),
    "points": Text("計入「{dimension}」。", "Adds to “{dimension}”."),
    "oblige": Text("發生 {n} 項應辦事項。", "Obligations triggered: {n}."),
    "exempt": Text("成立時，{n} 條規則不再計入。", "While it holds, rules no longer counted: {n}."),
    "block": Text(
        "檢核：答案互相矛盾，更正前不宜定案。",
        "Check: answers contradict each other; correct them before the result is final.",
    ),
    "ask": Text(
        "檢核：請補充說明或再確認答案。", "Check: give a reason or look at the answer again."
    ),
    "note": Text("提醒；不影響級距。", "Remark; it does not move the tier."),
    "indicator": Text(
        "指標：與級距分開，供判斷時參酌。",
        "Indicator to be weighed apart from the tier; it is no tier.",
    ),
    "tunable": Text(
        "主管機關得以疊加規則調低，最低到「{level}」，並須載明機關、理由與日期。",
        "An authority may lower it by an overlay, to “{level}” at the lowest, naming itself, reason "
        "and date.",
    ),
    "retired": Text("已停用，不再計入。", "Retired; it no longer counts."),
    # fields
    "condition": Text("條件", "Condition"),
    "unless": Text("但有下列情形時不適用", "Except where"),
    "because": Text("理由", "Reason"),
    "exempted": Text("排除下列規則", "Rules it exempts"),
    "exempted_by": Text("可被下列規則排除", "May be exempted by"),
    "obliged": Text("應辦事項", "Obligations"),
    "source": Text("出處", "Source"),
    "basis": Text("依據", "Basis"),
    "verified": Text("核對情形", "Checked"),
    "compared": Text("已核對原文", "Compared with the original"),
    "validity": Text("效期", "Validity"),
    "item": Text("條目", "Item"),
    "used_by": Text("用於", "Used by"),
    "imposed_by": Text("由下列規則發生", "Imposed by"),
    "role": Text("對象", "For"),
    "why": Text("為什麼問", "Why it is asked"),
    "help": Text("說明", "Explanation"),
    "example_yes": Text("符合的例子", "An example that fits"),
    "example_no": Text("不符合的例子", "An example that does not"),
    "evidence": Text("佐證", "Evidence"),
    "options": Text("選項", "Options"),
    "shown": Text("何時詢問", "Asked when"),
    "always": Text("一律詢問", "always asked"),
    "section": Text("步驟與節", "Step and section"),
    "answered_by": Text("填答角色", "Answered by"),
    "phase": Text("階段", "Phase"),
    "kind": Text("題型", "Kind"),
    "traits": Text("性質", "Nature"),
    "issuer": Text("發布者", "Issuer"),
    "number": Text("文號", "Number"),
    "date": Text("日期", "Date"),
    "address": Text("網址", "Address"),
    "force": Text("性質", "Force"),
    "cited": Text("引用次數", "Times cited"),
    "value": Text("現值", "Value"),
    "bounds": Text("可設範圍", "Bounds"),
    "who": Text("誰可更動", "Who may set it"),
    "widened": Text("原條件成立，或者：{more}", "what held before, or: {more}"),
    "narrowed": Text("原條件成立，而且：{more}", "what held before, and: {more}"),
    "before": Text("基礎", "Base"),
    "after": Text("疊加後", "After"),
    "thing": Text("對象", "What"),
    "authority": Text("依據機關與理由", "Authority and reason"),
    "total": Text("總數", "Total"),
    "official": Text("官方", "Official"),
    "guidance": Text("指引", "Guidance"),
    "toolkit": Text("本工具", "This toolkit"),
    "none": Text("無", "none"),
    # basis, told fully
    "official_plain": Text("官方文件", "official document"),
    "guidance_plain": Text("指引", "guidance"),
    "toolkit_plain": Text("本工具訂定", "this toolkit’s own"),
    # validity, parameters
    "from": Text("自{day}起", "from {day}"),
    "until": Text("至{day}止", "until {day}"),
    "open_ended": Text("未定期限", "no end set"),
    "who_overlay": Text(
        "主管機關或機構得以疊加規則在範圍內設定", "an overlay may set it within its bounds"
    ),
    "who_nobody": Text("固定，疊加規則不得更動", "fixed; no overlay may set it"),
    # questions
    "yes_no": Text("是非", "yes or no"),
    "one_of": Text("單選", "one choice"),
    "many_of": Text("複選", "several choices"),
    "whole_number": Text("整數", "whole number"),
    "day_kind": Text("日期", "date"),
    "text": Text("文字", "text"),
    "judgement": Text("需要判斷", "a judgement"),
    "fact": Text("事實", "a fact"),
    "changeable": Text("可由設計調整", "a choice of design"),
    "business": Text("業務單位", "business unit"),
    "legal": Text("法制單位", "legal staff"),
    "technical": Text("技術人員", "technical staff"),
    "security": Text("資安人員", "security staff"),
    "data": Text("資料管理人員", "data staff"),
    "planning": Text("規劃", "planning"),
    "development": Text("開發", "development"),
    "deployment": Text("部署", "deployment"),
    "operation": Text("營運", "operation"),
    # fields that an overlay may change
    "field.title": Text("標題", "title"),
    "field.because": Text("理由", "reason"),
    "field.raises": Text("級距", "level"),
    "field.when": Text("條件", "condition"),
    "field.value": Text("數值", "value"),
    "field.retired": Text("停用", "retired"),
    "field.evidence": Text("佐證", "evidence"),
    "field.label": Text("題目文字", "wording"),
    "field.text": Text("文字", "wording"),
    "field.unless": Text("除外條件", "exception"),
    "field.cites": Text("出處", "sources"),
    "field.basis": Text("依據", "basis"),
    "field.verified": Text("是否核對原文", "comparison with the original"),
    "field.item": Text("子類型", "sub-type"),
    "field.points": Text("計分", "points"),
    "field.obliges": Text("應辦事項", "obligations"),
    "field.exempts": Text("排除之規則", "rules exempted"),
    "field.valid_from": Text("生效日", "first day of validity"),
    "field.valid_to": Text("失效日", "last day of validity"),
    "field.roles": Text("負責角色", "roles"),
    "field.options": Text("選項", "options"),
    "field.show": Text("何時問", "when it is asked"),
    "field.why": Text("為什麼問", "why it is asked"),
    "field.help": Text("作答說明", "help"),
    "field.example_yes": Text("符合的例子", "example that fits"),
    "field.example_no": Text("不符合的例子", "example that does not fit"),
    "field.levels": Text("級距", "levels"),
    "field.minimum": Text("下限", "lower bound"),
    "field.maximum": Text("上限", "upper bound"),
    "field.number": Text("文號", "number"),
    "field.date": Text("日期", "date"),
    "field.issuer": Text("發布機關", "issuer"),
    "field.force": Text("效力", "legal force"),
    "field.url": Text("網址", "address"),
    "field.other": Text("其他內容", "other content"),
}


def say(key: str, language: Language, **parts: object) -> str:
    """A word of the table with its parts filled in; a key that is not in it stands as it is."""
    text = wording.of(WORDS[key], language) if key in WORDS else key
    for name, part in parts.items():
        text = text.replace("{" + name + "}", str(part))
    return text


def colon(language: Language) -> str:
    """What stands between a label and its text."""
    return "：" if language == "zh" else ": "


def joined(parts: list[str] | tuple[str, ...], language: Language) -> str:
    """Names in a row."""
    return ("、" if language == "zh" else ", ").join(parts)
