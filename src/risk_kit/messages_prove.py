"""Sentences of proofs about a pack: code → (zh, en). Each says what was shown and what to try."""

PROVE_MESSAGES: dict[str, tuple[str, str]] = {
    "no_solver": (
        "這項檢查需要選用套件「{extra}」，目前沒有安裝。請執行 pip install 'risk-kit[{extra}]'。",
        "This needs the extra “{extra}”, which is not installed. Try: pip install 'risk-kit[{extra}]'.",
    ),
    "unreachable_question": (
        "題目「{id}」永遠不會出現：沒有任何答案能使它的顯示條件成立。請檢查 show。",
        "Question “{id}” is never asked: no answers make its show-condition true. Check its show.",
    ),
    "unreachable_rule": (
        "規則「{id}」永遠不會成立：沒有任何答案能同時滿足它的條件。請檢查 when 與 unless。",
        "Rule “{id}” can never hold: no answers meet its condition. Check its when and unless.",
    ),
    "always_exempted": (
        "規則「{id}」成立時，一定有豁免規則（{by}）把它排除，因此永遠不生效。請縮小豁免的範圍。",
        "Whenever rule “{id}” would hold, one of {by} exempts it, so it never takes effect. "
        "Narrow the exemptions.",
    ),
    "unreachable_level": (
        "量尺「{scale}」的級距「{level}」永遠不會是結果：沒有任何完整答案剛好落在這一級。",
        "Level “{level}” of scale “{scale}” is never the result: no full answers end exactly there.",
    ),
    "unattainable_threshold": (
        "面向「{dimension}」的門檻「{threshold}」（{at}）永遠達不到。請檢查加分規則或調整門檻。",
        "Threshold “{threshold}” ({at}) of dimension “{dimension}” can never be reached. Check the "
        "rules that add points, or the threshold.",
    ),
    "idle_threshold": (
        "面向「{dimension}」的門檻「{threshold}」（{at}）不論如何作答都已達到，分不出差別。",
        "Threshold “{threshold}” ({at}) of dimension “{dimension}” is reached whatever the answers, "
        "so it tells nothing apart.",
    ),
    "dead_exemption": (
        "規則「{by}」所豁免的規則「{rule}」不可能與它同時成立，這項豁免沒有作用。請刪除或檢查兩者的條件。",
        "Rule “{by}” exempts rule “{rule}”, but the two can never hold together, so the exemption does "
        "nothing. Remove it or check both conditions.",
    ),
    "wide_exemption": (
        "規則「{rule}」一成立，豁免規則「{by}」也必定成立，因此「{rule}」永遠不生效。請縮小豁免的範圍。",
        "Whenever rule “{rule}” holds, “{by}” holds too and exempts it, so “{rule}” never takes effect. "
        "Narrow the exemption.",
    ),
    "obligation_never": (
        "義務「{id}」永遠不會產生：沒有任何規則能在任何答案下課予它。",
        "Obligation “{id}” never arises: no rule imposes it under any answers.",
    ),
    "obligation_without_role": (
        "義務「{id}」沒有列出任何角色（roles），沒有人會收到它。",
        "Obligation “{id}” lists no roles, so nobody receives it.",
    ),
    "always_true": (
        "「{id}」的條件不論如何作答都成立，等於沒有條件。",
        "The condition at “{id}” holds whatever the answers; it tests nothing.",
    ),
    "always_false": (
        "「{id}」的條件不論如何作答都不成立。",
        "The condition at “{id}” holds under no answers.",
    ),
    "masked_rule": (
        "規則「{id}」有沒有都一樣：刪除它不會改變任何級距、分數、義務或提醒。它成立時，其他規則已有同樣結果"
        "（例如 {by}）。請刪除、調整，或寫明保留的理由。",
        "Rule “{id}” changes nothing: without it every level, score, duty and flag stays the same, for "
        "others already do as much when it holds (here {by}). Remove it, change it, or say why it stays.",
    ),
    "idle_question": (
        "題目「{id}」雖有條件讀取，但答案不同時，沒有任何規則、題目或適用範圍因此不同。",
        "Conditions read question “{id}”, yet no rule, question or scope ever differs with its answer.",
    ),
    "idle_option": (
        "題目「{question}」的選項「{option}」雖有條件提到，但選或不選，結果都一樣。",
        "Conditions name option “{option}” of question “{question}”, yet choosing it never makes a "
        "difference.",
    ),
    "loose_range": (
        "只回答 {questions} 時，規則「{id}」其實已可確定（{state}），但仍顯示為未定。請改寫條件，"
        "避免同一題在不同分支重複出現。",
        "With only {questions} answered, rule “{id}” is in truth settled ({state}) but shown as "
        "undecided. Rewrite it so that one question is not read in several branches.",
    ),
    "not_monotone": (
        "題目「{id}」宣告為「越後面越嚴重」，但答案從「{from}」改為「{to}」時，級距可能由「{level}」降低。",
        "Question “{id}” is declared worse-this-way, yet changing “{from}” to “{to}” can lower the tier "
        "from “{level}”.",
    ),
    "lowered_tier": (
        "加上疊加規則（{overlays}）後，有答案的級距比基礎版本的「{level}」低，而且沒有宣告為放寬。",
        "With the overlays {overlays}, some answers get a lower tier than “{level}” in the base, and no "
        "declared weakening says so.",
    ),
    "citation_expired": (
        "「{id}」引用的來源「{source}」已於 {until} 失效，早於評估基準日。請改引現行來源。",
        "“{id}” cites source “{source}”, which ended on {until}, before the as-of date. Cite the one in "
        "force.",
    ),
    "translation_missing": (
        "「{id}」缺少翻譯（{language}），或只有暫用文字。",
        "The text at “{id}” is missing or a placeholder in {language}.",
    ),
    "translation_same": (
        "「{id}」的中文與英文完全相同，可能尚未翻譯。",
        "The Chinese and English of “{id}” are the same; one may not be translated.",
    ),
    "translation_not_chinese": (
        "「{id}」的中文沒有任何中文字：{zh}",
        "The Chinese text at “{id}” holds no Chinese character: {zh}",
    ),
    "translation_not_english": (
        "「{id}」的英文含有中文字：{en}",
        "The English text at “{id}” holds Chinese characters: {en}",
    ),
    "stale_acceptance": (
        "accepted.yaml 接受的項目「{id}」已不是發現。請刪除這一筆。",
        "accepted.yaml accepts “{id}”, which is no longer a finding. Remove the entry.",
    ),
    "unfinished": (
        "檢查「{check}」對「{id}」未能在時限內完成：結果未知，不表示沒有問題。",
        "The check “{check}” of “{id}” did not finish in its time: unknown, which is not the same as fine.",
    ),
    "broken_acceptance": (
        "「{id}」在 accepted.yaml 中出現兩次。",
        "“{id}” stands twice in accepted.yaml.",
    ),
}
