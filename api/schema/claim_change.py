"""Changes of the data itself: the claims that came, went or changed from one load to the next."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import strawberry
from strawberry import UNSET

from api.schema.entity import Entity
from api.schema.enums import enum_of
from api.schema.node import After, Before, Connection, First, Last
from api.schema.provenance import Claim
from api.schema.scalars import EDTF, URI, DateTime, Ref
from api.schema.time import DEFAULT_LANGUAGE, Lang, in_words
from graph.domain import words


@enum_of(words.CLAIM_CHANGE_KINDS)
class ClaimChangeKind(Enum):
    pass


@strawberry.type(
    description="A claim as it was said, also if it is gone since, in plain values as in the export ndjson. NL: vastgelegde bewering."
)
class RecordedClaim:
    predicate: str = strawberry.field(description="What it says of its subject, for example memberOf, buyer or runs.")
    value: str = strawberry.field(
        description="Its value as text: a number, a date (EDTF), the key of a thing such as region/zaanstreek, true or false. NL: waarde."
    )
    start_date: EDTF | None = strawberry.field(description="Since when it is so; null if its source does not say. NL: begindatum.")
    end_date: EDTF | None = strawberry.field(description="Its last day; null if its source names none. NL: einddatum.")
    is_open_ended: bool = strawberry.field(description="Whether its source says that it has no end. NL: zonder einde.")
    source: str = strawberry.field(description="The slug of its source, for example regiovisie-zawa. NL: bron.")
    section: str | None = strawberry.field(description="The heading of the section of the source. NL: paragraaf.")
    page: int | None = strawberry.field(description="The page of the source. NL: bladzijde.")

    @strawberry.field(description="What the source says there, in our words; null if nobody wrote it down. NL: samenvatting.")
    def summary(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    record: str = strawberry.field(description="The whole record, as JSON: a line of the export ndjson.")


@strawberry.type(description="A claim that came, went or changed from one version of the data to the next. NL: gewijzigde bewering.")
class ClaimChange:
    id: strawberry.ID = strawberry.field(description="Its id, which no other change has, in the order of the changes; not for node(id:).")
    kind: ClaimChangeKind = strawberry.field(description="What was done to the claim. NL: soort wijziging.")
    kind_label = in_words("What was done")
    data_version: str = strawberry.field(description="The version of the data in which it is so for the first time. NL: gegevensversie.")
    loaded_at: DateTime = strawberry.field(description="When that version was loaded. NL: geladen op.")
    claim_uri: URI = strawberry.field(description="The URI of the claim. NL: bewering.")
    claim: Claim | None = strawberry.field(description="The claim as it is now; null if it is gone. NL: bewering.")
    subject_uri: URI = strawberry.field(description="The URI of what the claim is about. NL: onderwerp.")
    subject: Entity | None = strawberry.field(
        description="What the claim is about, as it is today; null if it is gone, and for an event. NL: onderwerp."
    )
    touches: list[URI] = strawberry.field(
        description="The URIs of the things that the change bears on: what the claim is about and what it names. NL: betreft."
    )
    before: RecordedClaim | None = strawberry.field(description="What was said before; null if the claim came. NL: was.")
    after: RecordedClaim | None = strawberry.field(description="What is said since; null if the claim went. NL: wordt.")

    @strawberry.field(description="The name of what the claim is about; null if it has none. NL: naam.")
    def subject_name(self, lang: Lang = DEFAULT_LANGUAGE) -> str | None: ...

    @strawberry.field(description="The change in a sentence. NL: zin.")
    def sentence(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...


@strawberry.type(description="A load of new data into the store. NL: verversing.")
class Load:
    data_version: str = strawberry.field(description="The version of the data since then. NL: gegevensversie.")
    loaded_at: DateTime = strawberry.field(description="When it was loaded. NL: geladen op.")
    change_count: int = strawberry.field(description="The number of claims that came, went or changed. NL: aantal wijzigingen.")


@strawberry.type(description="Changes of claims, a page at a time. NL: gewijzigde beweringen.")
class ClaimChangeConnection(Connection[ClaimChange]):
    loads: list[Load] = strawberry.field(
        description="The loads since then, oldest first, also those that changed no claim about what is asked for; empty if the data is "
        "the same. NL: verversingen."
    )


@strawberry.type(description="Questions about changes of the data itself.")
class Staying:
    @strawberry.field(
        description="The claims that came, went or changed since a version of the data or an instant, in the order in which they were "
        "loaded; deletions too. To stay in step, ask with the dataVersion of your last answer. The store keeps the last loads "
        "only (REGIOGRAAF_KEPT_LOADS): what goes back further is an error (NOT_KEPT), never a list with something missing. For what began "
        "or ended in the world between two days, see diff. NL: wijzigingen in de gegevens."
    )
    def changes(
        self,
        since: Annotated[
            str | None,
            strawberry.argument(
                description="A version of the data, for example the dataVersion of an earlier answer, or an instant with its offset, for "
                "example 2026-11-27T00:00:00+01:00; all that the store keeps by default. NL: sinds."
            ),
        ] = UNSET,
        about: Annotated[
            list[Ref] | None,
            strawberry.argument(
                description="Only claims about these things or that name them, for example JZ09; for a region, a care function or a "
                "collaboration also what is arranged for it. Everything by default. NL: over."
            ),
        ] = UNSET,
        first: First = UNSET,
        after: After = UNSET,
        last: Last = UNSET,
        before: Before = UNSET,
    ) -> ClaimChangeConnection | None: ...
