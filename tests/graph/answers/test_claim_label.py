"""What a claim says in a few words, and what decided a conflict."""

from __future__ import annotations

import pytest

from graph.answers.claim_label import claim_label, rule_name
from graph.domain.conflict import RULES
from graph.domain.languages import LANGUAGES
from graph.domain.predicates import PREDICATES


@pytest.mark.parametrize(
    ("predicate", "role", "level", "takes_part", "dutch", "english"),
    [
        ("member", None, None, None, "deelnemer", "member"),
        ("member", "LEAD", None, None, "trekker", "lead"),
        ("memberOf", "LEAD", None, None, "trekker van", "lead of"),
        ("memberOf", "MEMBER", None, True, "neemt deel aan", "member of"),
        ("member", None, None, False, "neemt uitdrukkelijk niet deel", "expressly takes no part"),
        ("memberOf", None, None, False, "neemt uitdrukkelijk niet deel aan", "expressly takes no part in"),
        ("representedBy", None, "NATIONAL", None, "vertegenwoordigd door (landelijk)", "represented by (national)"),
    ],
)
def test_a_role_a_level_and_a_denial_are_told(
    predicate: str, role: str | None, level: str | None, takes_part: bool | None, dutch: str, english: str
) -> None:
    assert claim_label(predicate, role, level, takes_part, "NL") == dutch
    assert claim_label(predicate, role, level, takes_part, "EN") == english


def test_every_predicate_and_every_rule_has_words_in_every_language() -> None:
    for language in LANGUAGES:
        assert all(claim_label(predicate, None, None, None, language.code) for predicate in PREDICATES)
        assert len({rule_name(rule, language.code) for rule in RULES}) == len(RULES)
