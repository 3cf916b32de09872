"""Keeps what each load did to the claims: which came, went or changed, in the store beside the graph, for the loads of late.

A load writes it in the transaction that makes its graph visible, so that no reader sees one without the other. The history begins
with a first load, which has nothing to differ from, and again where the graph is written in another layout: what was in the old one
is not read back. Loads beyond so many are forgotten, the oldest first; who asks for what came after an earlier one is told so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import orjson

from graph.build.properties import Properties, without_nulls, words
from graph.build.records import Records
from graph.dates.instant import sortable
from graph.domain.claim import Claim, EntityRef, Text
from graph.domain.languages import LANGUAGES
from graph.domain.record import claim_record
from graph.engines.cypher import Cypher, Execute
from graph.load import writes
from graph.load.batches import batched, run_batch
from graph.load.stored import claims_of
from graph.load.versions import Rows

ADDED, REMOVED, CHANGED = "ADDED", "REMOVED", "CHANGED"


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim that came, went or changed by a load. `before` is None where it came, `after` where it went.

    `touches` holds the keys of the things that it bears on: what the claim is about and what it names, and of a thing that came or
    went as a whole whatever any claim about it names.
    """

    key: str
    before: Claim | None
    after: Claim | None
    touches: frozenset[str]

    @property
    def kind(self) -> str:
        return ADDED if self.before is None else REMOVED if self.after is None else CHANGED

    @property
    def claim(self) -> Claim:
        """The claim as it is now, or as it was last."""
        found = self.after or self.before
        assert found
        return found


def claim_changes(before: Iterable[Claim], after: Iterable[Claim], lone: frozenset[str] = frozenset()) -> list[ClaimChange]:
    """Compares what was said with what is said, in the order of things and claims; `lone` are the things that came or went."""
    old, new = ({claim.key: claim for claim in claims} for claims in (before, after))
    keys = sorted(old.keys() | new.keys(), key=lambda key: ((new.get(key) or old[key]).subject, key))
    differing = [(key, old.get(key), new.get(key)) for key in keys if _record(old.get(key)) != _record(new.get(key))]
    touched = defaultdict[str, set[str]](set)
    for _, was, is_ in differing:
        for claim in filter(None, (was, is_)):
            touched[claim.subject] |= _things_of(claim)
    return [
        ClaimChange(key, was, is_, frozenset().union(*(_touches(c, lone, touched) for c in (was, is_) if c))) for key, was, is_ in differing
    ]


def _touches(claim: Claim, lone: frozenset[str], touched: Mapping[str, set[str]]) -> set[str]:
    return touched[claim.subject] if claim.subject in lone else _things_of(claim)


def _things_of(claim: Claim) -> set[str]:
    """Returns the keys of the things that a claim is about, names as its value, or names beside it, as on whose behalf it is so."""
    named = {value for value in claim.qualifiers.values() if isinstance(value, str) and "/" in value}
    return {claim.subject, *(part for text in named for part in text.split()), *_value_of(claim)}


def _value_of(claim: Claim) -> tuple[str, ...]:
    return (claim.value.key,) if isinstance(claim.value, EntityRef) else ()


def _record(claim: Claim | None) -> str | None:
    return orjson.dumps(claim_record(claim), option=orjson.OPT_SORT_KEYS).decode() if claim else None


async def between(store: Rows, records: Records, written: Sequence[str], touched: Sequence[str], lone: Iterable[str]) -> list[ClaimChange]:
    """Returns what becomes of the claims of a store if what is said of the `written` things takes the place of that of the `touched`."""
    before = [claim async for claim in claims_of(store, touched)]
    return claim_changes(before, (claim for key in written for claim in records.claims(key)), frozenset(lone))


# ── the log ───────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Log:
    """All that a load writes of itself: the version and instant of the load before it, if it knows what differs, and what does."""

    previous: tuple[str, str] | None
    rows: Sequence[Properties]
    kept: int = writes.KEPT_LOADS

    async def write(self, execute: Execute, version: str, loaded_at: str) -> None:
        """Writes it down and forgets the loads beyond those that are kept, or all if it does not know what differs."""
        at = sortable(loaded_at)
        load: Properties = {"key": at, "version": version, "loadedAt": loaded_at, "changes": len(self.rows)}
        if self.previous:
            load |= {"previous": self.previous[0], "previousAt": sortable(self.previous[1])}
        await execute(writes.LOADED, {"load": load})
        mark = {"at": at, "version": version, "loadedAt": loaded_at}
        for batch in batched(writes.CLAIM_CHANGE, ({**row, **mark, "key": f"{at}|{row['key']}"} for row in self.rows)):
            await run_batch(execute, batch)
        last = (await execute(writes.BEYOND, {"kept": self.kept if self.previous else 1}))[0][0]
        for text in writes.FORGET if last else ():
            await execute(text, {"last": last})


async def log_of(store: Rows, records: Records, changes: Sequence[ClaimChange], previous: tuple[str, str], kept: int) -> Log:
    """Returns what a load that makes some changes writes of itself; things that go are named as the store named them."""
    keys = sorted({key for change in changes for key in (change.claim.subject, *_value_of(change.claim))})
    names = {key: Text(*texts) for key, *texts in await store.rows(Cypher(writes.NAMES_OF, {"keys": keys}, name="names"))}
    names |= {key: Text(*_names(records, key)) for key in keys if key in records.dataset.entities}
    return Log(previous, [_row(change, names) for change in changes], kept)


def _names(records: Records, key: str) -> Iterator[str | None]:
    properties = records.properties(key)
    return (properties.get(language.property("name")) for language in LANGUAGES)


def _row(change: ClaimChange, names: Mapping[str, Text]) -> Properties:
    """Returns the properties of a change; its key is completed by the instant of its load."""
    claim = change.claim
    return without_nulls({
        "key": f"{claim.subject}|{change.key}", "kind": change.kind, "claim": change.key, "subject": claim.subject,
        "touches": sorted(change.touches), "before": _record(change.before), "after": _record(change.after),
        **words("subjectName", names.get(claim.subject)),
        **(words("valueName", names.get(claim.value.key)) if isinstance(claim.value, EntityRef) else {}),
    })  # fmt: skip
