"""Names what a claim says, with the role or the level that it gives or what it denies, and what decided between claims."""

from __future__ import annotations

from graph.domain.conflict import RULES
from graph.domain.languages import ByLanguage
from graph.domain.predicates import PREDICATES
from graph.domain.words import LEVELS, ROLES

_OF = ByLanguage({"NL": "{role} van", "EN": "{role} of"})
_DENIED: ByLanguage[dict[str, str]] = ByLanguage({
    "NL": {"memberOf": "neemt uitdrukkelijk niet deel aan", "member": "neemt uitdrukkelijk niet deel"},
    "EN": {"memberOf": "expressly takes no part in", "member": "expressly takes no part"},
})  # fmt: skip


def claim_label(predicate: str, role: str | None, level: str | None, takes_part: bool | None, language: str) -> str:
    """Returns what a claim says in a few words: "deelnemer", "trekker van", "neemt uitdrukkelijk niet deel"."""
    if takes_part is False:
        return _DENIED[language][predicate]
    if role in (None, "MEMBER"):
        said = PREDICATES.name(predicate, language)
        return f"{said} ({LEVELS.name(level, language)})" if level else said
    named = ROLES.name(role, language)
    return _OF[language].format(role=named) if predicate == "memberOf" else named


def rule_name(rule: str, language: str) -> str:
    """Returns the criterion that decided a conflict, in words."""
    return RULES.name(rule, language)
