"""Begrippen: the words of the pages, each with a plain sentence and with the value that programs read. It asks nothing of the data.

The words come from the closed lists that the schema itself is made of, so the page needs no question.
"""

from __future__ import annotations

from api.pages.visit import View, Visit
from api.table import Table
from graph.domain.explanations import closed_list, explained

# The parts of the page, in each the lists by the name of their enum in the schema and by their name in the house. A list without an
# enum has the name of its field.
PARTS: dict[str, tuple[tuple[str, str], ...]] = {
    "coverage": (("CoverageStatus", "COVERAGE_STATUSES"), ("CoverageReason", "COVERAGE_REASONS")),
    "certainty": (("Certainty", "CERTAINTIES"), ("Basis", "BASES"), ("ListCompleteness", "COMPLETENESS")),
    "members": (("MembershipRole", "ROLES"), ("RepresentationLevel", "LEVELS")),
    "collaborations": (("CollaborationKind", "COLLABORATION_KINDS"), ("CollaborationScale", "SCALES"), ("LegalForm", "LEGAL_FORMS")),
    "contracts": (("ContractStatus", "CONTRACT_STATUSES"), ("OptionStatus", "OPTION_STATUSES"), ("ClaimPredicate", "PREDICATES")),
    "organizations": (("OrganizationStatus", "ORGANIZATION_STATUSES"), ("RegionKind", "REGION_KINDS")),
    "sources": (
        ("AssertionMethod", "METHODS"), ("LeftOutReason", "LEFT_OUT_REASONS"), ("ConflictStatus", "CONFLICT_STATUSES"),
        ("ConflictKind", "CONFLICT_KINDS"), ("Conflict.rule", "CONFLICT_RULES"),
    ),
}  # fmt: skip
OF_CONTRACTS = (  # what a source can say of a contract; the other predicates explain themselves
    "runs", "option", "buyer", "supplier", "contractManager", "under", "procurement", "succeededBy", "lot", "tenderPublished", "awardDate",
    "excepts",
)  # fmt: skip
# Words of the site that are no closed list, each with its name for programs.
GENERAL = {
    "day": "asOf", "claim": "Claim", "source": "Source", "contradiction": "Conflict", "dataset": "Dataset", "state": "dataVersion",
    "carried": "carriedForward",
}  # fmt: skip
COLUMNS = ("list", "word", "meaning", "value")


async def view(visit: Visit) -> View:
    words, language = visit.words, visit.address.language.code
    general = [(words(f"glossary.general.{key}.word"), words(f"glossary.general.{key}.meaning"), value) for key, value in GENERAL.items()]
    parts = [("general", words("glossary.part.general"), [("general", words("glossary.list.general"), "", general)])]
    for part, lists in PARTS.items():
        tables = [(name, words(f"glossary.list.{of}"), name, _words(of, language)) for name, of in lists]
        parts.append((part, words(f"glossary.part.{part}"), tables))
    header = tuple(words(f"glossary.column.{column}") for column in COLUMNS)
    rows = tuple((title, *row) for _, _, tables in parts for _, title, _, listed in tables for row in listed)
    return View(words("glossary.title"), {"parts": parts}, [(words("glossary.file"), Table(header, rows))], has_day=False)


def _words(of: str, language: str) -> list[tuple[str, str, str]]:
    """Returns the words of a closed list: what people call it, what it means, and its value in the schema."""
    listed = closed_list(of)
    keys = OF_CONTRACTS if of == "PREDICATES" else tuple(listed)
    return [(listed.name(key, language), explained(of, key, language), key) for key in keys]
