"""Sentences about profiles, templates and batches of reports: code → (zh, en)."""

FORM_MESSAGES: dict[str, tuple[str, str]] = {
    "nothing_to_reveal": (
        "案件資料與題目中沒有「{value}」，無法公開。請寫案件欄位名稱或題目代號。",
        "There is no case field or question “{value}” to reveal. Name a field of the case or the id of a "
        "question.",
    ),
    "reveal_needs_publishable": (
        "--reveal 只用於可公開版。請加上 --profile publishable，或拿掉 --reveal。",
        "--reveal is for the publishable version only. Add --profile publishable, or leave --reveal out.",
    ),
    "bad_edition": (
        "檔案內附資料所稱的報告類別、公開項目或範本不合格式，無法重新產生頁面。請向簽署人索取原檔。",
        "The attached data names a kind of report, revealed parts or a template in a form that is not ours, so "
        "the pages cannot be made again. Ask the signer for the original.",
    ),
    "template_not_here": (
        "頁面未核對：本報告以範本「{name}」（摘要 {digest}）製作，這裡沒有這個範本。請向該機關索取範本資料夾，"
        "將環境變數 {variable} 設為它所在的資料夾，再驗證一次。",
        "The pages were not checked: the report was made with the template “{name}” (digest {digest}), which is "
        "not here. Ask the agency for its folder, set {variable} to the folder it is in, and verify again.",
    ),
    "no_template": (
        "找不到範本「{name}」。請指定含有 template.yaml 的資料夾，或將環境變數 {variable} 設為範本所在的資料夾。"
        "這裡有：{offered}。",
        "There is no template “{name}” here. Name a folder with a template.yaml, or set {variable} to the folder "
        "that holds templates. Here are: {offered}.",
    ),
    "template_too_long": (
        "範本太長，上限為 {most} 個字元。請刪減。",
        "The template is too long; at most {most} characters are read. Shorten it.",
    ),
    "template_syntax": (
        "範本語法有誤：{detail}。請對照 docs/templates.md 的範例。",
        "The template cannot be parsed: {detail}. Compare the example in docs/templates.md.",
    ),
    "template_extends": (
        '範本的第一行應為 {{% extends "{name}" %}}，而且只有一次；其餘內容寫在區塊裡。',
        'The template begins with {{% extends "{name}" %}}, once; all else stands in blocks.',
    ),
    "template_place": (
        "報告沒有「{value}」這個區塊。可用的區塊：{offered}。",
        "The report has no block “{value}”. Blocks: {offered}.",
    ),
    "template_says": (
        "範本裡不能使用「{value}」。範本只能寫固定內容、{offered}，以及以這些值為條件的 if。",
        "“{value}” may not stand in a template. It holds fixed content, {offered}, and conditions on these.",
    ),
    "template_active": (
        "範本裡不能有「{value}」：報告頁面不執行程式，也不載入外部內容。請刪除。",
        "“{value}” may not stand in a template: the page of a report runs nothing and loads nothing. Remove it.",
    ),
    "template_facts": (
        "範本引用報告的值 {count} 次，上限為 {most} 次。請刪減。",
        "The template shows values of the report {count} times; at most {most} are taken. Use fewer.",
    ),
    "too_long": (
        "文字太長（{count} 字），上限為 {limit} 字。請縮短。",
        "The text is too long ({count} characters); at most {limit} are taken. Shorten it.",
    ),
    "no_schema": (
        "沒有「{value}」這個 JSON Schema。{near}可用：{offered}。",
        "There is no JSON Schema “{value}”. {near}Published: {offered}.",
    ),
    "bad_picture_name": (
        "「{value}」不是可用的圖檔名稱。請寫範本資料夾裡的 .png 檔名，只含英文字母、數字、點、連字號與底線。",
        "“{value}” is no name of a picture. Name a .png file of the template's folder, with letters, digits, "
        "dots, hyphens and underscores only.",
    ),
    "bad_picture": (
        "這不是可用的 PNG 圖檔。請使用邊長不超過 {most} 像素、大小不超過 {bytes} 位元組的完整 PNG。",
        "This is no PNG picture that can be used. Give a whole PNG of at most {most} pixels a side and {bytes} "
        "bytes.",
    ),
    "nothing_to_report": (
        "這裡沒有答案檔（.yaml、.yml、.json）。請確認路徑。",
        "There is no answer file (.yaml, .yml, .json) here. Check the path.",
    ),
    "same_output": (
        "兩個答案檔會寫成同一個報告「{output}」：另一個是 {other}。請改名，或分開資料夾執行。",
        "Two answer files would be written to the same report, “{output}”; the other is {other}. Rename one, or "
        "run them apart.",
    ),
    "worker_lost": (
        "製作報告的程序意外結束，這個檔案沒有做完。請再執行一次；已完成的會略過。",
        "A process that made reports ended unexpectedly and this file was not done. Run it again; what is done is "
        "skipped.",
    ),
    "too_many_files": (
        "答案檔有 {count} 個，一次至多 {most} 個。請分批執行。",
        "There are {count} answer files; at most {most} are taken at once. Run them in parts.",
    ),
}
