"""What a client of the last release would miss: `python -m tests.api.schema.released` lists it, and fails where there is anything.

`released.graphql` is the schema of the last release. A release copies `api/schema.graphql` over it, in the commit that gives the version.
"""

from __future__ import annotations

import sys
from pathlib import Path

from graphql import build_schema
from graphql.utilities import find_breaking_changes

from api.schema import sdl

RELEASED = Path(__file__).with_name("released.graphql")
NULLABLE = {
    "municipalities": "MunicipalityConnection",
    "collaborations": "CollaborationConnection",
    "providers": "ProviderConnection",
    "contracts": "ContractConnection",
    "careFunctions": "[CareFunction!]",
    "governance": "[GovernanceBody!]",
    "coverage": "Coverage",
    "coverageMatrix": "CoverageMatrix",
    "whoCovers": "[Coverage!]",
    "gaps": "[Coverage!]",
    "diff": "ChangeConnection",
    "timeline": "[ChangeEvent!]",
    "path": "[GraphPath!]",
    "compare": "Comparison",
}
# What version 0.3 breaks once: what a figure counts, and its unit, are closed lists; and a root field that fails is null by itself
# instead of taking the whole answer with it. Empty again when 0.3 is the last release.
AGREED = {
    "FIELD_CHANGED_KIND: Field Figure.measure changed type from String! to Measure!.",
    "FIELD_CHANGED_KIND: Field Figure.unit changed type from String! to Unit!.",
    *(f"FIELD_CHANGED_KIND: Field Query.{field} changed type from {type_}! to {type_}." for field, type_ in NULLABLE.items()),
}


def broken(released: str, now: str) -> list[str]:
    """What of the one schema breaks with the other, a line for each."""
    changes = find_breaking_changes(build_schema(released), build_schema(now))
    return sorted(f"{change.type.name}: {change.description}" for change in changes)


def unagreed() -> list[str]:
    """What breaks clients of the last release without having been agreed on."""
    return [line for line in broken(RELEASED.read_text("utf-8"), sdl()) if line not in AGREED]


def main() -> None:
    found = unagreed()
    if found:
        print("This breaks clients of the last release:", *(f"  {line}" for line in found), sep="\n")
        print("Keep what is there and deprecate it (@deprecated), or make this a new main version.")
        sys.exit(1)
    print("Nothing of the last release is missing.")


if __name__ == "__main__":
    main()
