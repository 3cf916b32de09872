"""How much may be asked at once, and the sentence in which the schema says so."""

from __future__ import annotations

from graph.compile.rows import DEFAULT_PAGE, MAX_LOOKUPS, MAX_PAGE

MAX_TOKENS = 5000
MAX_ASKS = 2000
MAX_DEPTH = 15
MAX_CONDITIONS = 200  # fields and entries of filters and orders: the embedded engine cannot parse a chain of 200 conditions
MAX_COST = 400_000
REQUEST_SECONDS = 10  # unless a setting says otherwise
SHORT_LIST = 10
MAX_IDS = 50
MAX_REPRESENTATIONS = MAX_LOOKUPS

DESCRIPTION = (
    "Who covers what in Dutch regional youth care, on any day, according to whom. "
    f"A question may have {MAX_TOKENS} tokens, {MAX_ASKS} fields, {MAX_DEPTH} levels and "
    f"{MAX_CONDITIONS} conditions in its filters; "
    f"a page 1 to {MAX_PAGE} entries ({DEFAULT_PAGE} if neither first nor last is given). "
    f"It may cost {MAX_COST}: a field costs 1, and the fields of the entries of a list count as often as there may be entries "
    f"(mostly {SHORT_LIST} for a list without pages); a list with pages costs 20 more, a coverage answer 200 for each "
    "municipality and care function, and what makes the store search or compare more. The price of each answer is in its extensions.cost. "
    f"What is not answered within {REQUEST_SECONDS} seconds, or what the server sets instead, is REQUEST_TIMEOUT."
)
