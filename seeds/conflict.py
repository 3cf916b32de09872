"""The file of a conflict: claims that cannot all hold, or seem so."""

from __future__ import annotations

from graph.domain import model, words
from graph.domain.claim import Conflict
from seeds import values
from seeds.document import Fields, Items
from seeds.problem import A_CLAIM, Findings

KEYS = ("id", "subject", "predicate", "kind", "status", "claims", "explanation")


def conflict_of(root: Fields, key: str, findings: Findings) -> Conflict | None:
    """The conflict that a file describes; None where something is wrong with it."""
    before = len(findings.problems)
    values.unknown_keys(root, KEYS, findings)
    subject = values.thing(values.required(root, "subject", findings), "subject", model.ANY, findings)
    predicate = values.word(values.required(root, "predicate", findings), "predicate", tuple(model.PREDICATES), findings)
    kind = values.word(values.required(root, "kind", findings), "kind", words.CONFLICT_KINDS, findings)
    status = values.word(values.required(root, "status", findings), "status", words.CONFLICT_STATUSES, findings)
    explanation = values.text(values.required(root, "explanation", findings), "explanation", findings, ours=True)
    claims = _claim_keys(root, findings)
    if len(findings.problems) > before or not (subject and predicate and kind and status and explanation):
        return None
    return Conflict(key, subject, predicate, kind, status, claims, explanation)


def _claim_keys(root: Fields, findings: Findings) -> tuple[str, ...]:
    value = values.required(root, "claims", findings)
    if value is None:
        return ()
    if not isinstance(value, Items):
        findings.add(
            "WRONG_VALUE", value.line, '"claims" must be a list of ids.', "Write `claims: [COL-05.members/amsterdam-amstelland, …]`."
        )
        return ()
    found = [(values.plain(item, "claims", findings), item.line) for item in value.values]
    keys: dict[str, int] = {}
    for key, line in found:
        if key is not None and key in keys:
            findings.add("DUPLICATE_ID", line, f'"{key}" stands in this list twice.', "Take one out.")
        elif key is not None:
            keys[key] = line
    if len(keys) < 2:
        what = f"A conflict needs two claims or more; this one has {len(keys)}."
        findings.add("CONFLICT_TOO_SMALL", root.entries["claims"].line, what, "Add the other claims, or take the conflict away.")
    for key, line in keys.items():
        findings.refer(line, key, A_CLAIM)
    return tuple(keys)
