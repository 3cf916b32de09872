"""How many organisations, and how many rows about them, can be put beside each other. Pure."""

from __future__ import annotations

from graph.errors import BadInput

FEWEST, MOST, MOST_ROWS = 2, 10, 500


def check_compared(count: int) -> None:
    """Raises BadInput if there are too few or too many organisations to compare."""
    if not FEWEST <= count <= MOST:
        raise BadInput(
            f"{'One organisation cannot be compared' if count < FEWEST else f'More than {MOST} organisations cannot be compared'}.",
            f"Name {FEWEST} to {MOST} different organisations.", "refs", "BAD_INPUT" if count < FEWEST else "TOO_MANY",
        )  # fmt: skip


def comparable_rows(rows: list[object]) -> list[object]:
    """Returns the rows. Raises BadInput if there are too many to compare."""
    if len(rows) > MOST_ROWS:
        raise BadInput(f"There are more than {MOST_ROWS} to compare.", "Compare fewer or smaller organisations.", "refs", "TOO_MANY")
    return rows
