"""How much may be asked at once, and the sentence in which the schema says so."""

from __future__ import annotations

from graph.compile.rows import DEFAULT_PAGE, MAX_LOOKUPS, MAX_PAGE

MAX_TOKENS = 5000
MAX_ASKS = 2000
MAX_DEPTH = 15
MAX_COST = 1_000_000
SHORT_LIST = 10
MAX_IDS = 50
MAX_REPRESENTATIONS = MAX_LOOKUPS

DESCRIPTION = (
    "Who covers what in Dutch regional youth care, on any day, according to whom. "
    f"A question may have {MAX_TOKENS} tokens, {MAX_ASKS} fields and {MAX_DEPTH} levels; "
    f"a page 1 to {MAX_PAGE} entries ({DEFAULT_PAGE} if neither first nor last is given). "
    f"It may cost {MAX_COST}: a field costs 1, and the fields of the entries of a list count as often as there may be entries "
    f"(mostly {SHORT_LIST} for a list without pages); a list with pages costs 20 more, and a coverage answer 200 for each "
    "municipality and care function. The price of each answer is in its extensions.cost."
)
