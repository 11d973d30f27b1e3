"""resolve(framework, questionnaire, overlays) → Pack: pure, order-independent, origins kept."""

from __future__ import annotations

from risk_kit.digest import pack_digest
from risk_kit.model import Framework, Pack, Questionnaire


def resolve(framework: Framework, questionnaire: Questionnaire) -> Pack:
    """A pack of a base without overlays, with its digest."""
    return Pack(framework, questionnaire, (), pack_digest(framework, questionnaire, ()))
