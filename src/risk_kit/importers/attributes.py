"""Which attributes of a SurveyJS survey change answers, and which only change how it looks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from risk_kit.errors import Problem
from risk_kit.importers.survey import Path_, place

# They decide what may or must be answered, or fill in answers: without them the form is another.
DECIDING: Final = frozenset(
    {
        "calculatedValues",
        "choicesByUrl",
        "choicesEnableIf",
        "choicesFromQuestion",
        "choicesMax",
        "choicesMin",
        "choicesStep",
        "choicesVisibleIf",
        "defaultValue",
        "defaultValueExpression",
        "enableIf",
        "readOnly",
        "resetValueExpression",
        "resetValueIf",
        "setValueExpression",
        "setValueIf",
        "showDontKnowItem",
        "showRefuseItem",
        "triggers",
        "validators",
        "valueName",
    }
)
# Looks, help for filling in, and what this reader translates.
_KNOWN: Final = frozenset(
    {
        "acceptCarriageReturn",
        "allowClear",
        "autoGrow",
        "autocomplete",
        "choices",
        "choicesOrder",
        "clearIfInvisible",
        "colCount",
        "cols",
        "commentPlaceholder",
        "commentText",
        "description",
        "descriptionLocation",
        "elements",
        "errorLocation",
        "hasComment",
        "hasNone",
        "hasOther",
        "hasSelectAll",
        "help",
        "hideNumber",
        "html",
        "indent",
        "innerIndent",
        "inputType",
        "isRequired",
        "itemSize",
        "labelFalse",
        "labelTrue",
        "locale",
        "max",
        "maxLength",
        "maxWidth",
        "min",
        "minWidth",
        "name",
        "navigationTitle",
        "noneText",
        "optionsCaption",
        "otherErrorText",
        "otherPlaceholder",
        "otherText",
        "page",
        "placeHolder",
        "placeholder",
        "popupdescription",
        "questionTitleLocation",
        "questions",
        "renderAs",
        "requiredErrorText",
        "requiredText",
        "rows",
        "selectAllText",
        "separateSpecialChoices",
        "showClearButton",
        "showCommentArea",
        "showNoneItem",
        "showNumber",
        "showOptionsCaption",
        "showOtherItem",
        "showQuestionNumbers",
        "showSelectAllItem",
        "size",
        "startWithNewLine",
        "state",
        "step",
        "storeOthersAsComment",
        "swapOrder",
        "textUpdateMode",
        "title",
        "titleActions",
        "titleLocation",
        "tooltip",
        "type",
        "useDisplayValuesInTitle",
        "value",
        "valueFalse",
        "valueTrue",
        "visibleIf",
        "width",
    }
)


def unsaid(raw: Mapping[str, Any], file: str, path: Path_) -> tuple[list[Problem], list[Problem]]:
    """What an element's attributes lose, and which of its attributes are not known."""
    lost = [
        Problem("import_attribute", {"key": key}, file, path=place((*path, key)))
        for key in _deciding(raw)
    ]
    notes = [
        Problem("import_attribute_unknown", {"key": key}, file, path=place((*path, key)))
        for key in sorted(raw.keys() - _KNOWN - DECIDING - {"visible"})
    ]
    return lost, notes


def _deciding(raw: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(raw.keys() & DECIDING):
        if raw[key] not in (None, "", [], {}, False):
            yield key
    if raw.get("visible") is False and not raw.get("visibleIf"):
        yield "visible"
