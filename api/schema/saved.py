"""Saved questions, as the schema shows them."""

from __future__ import annotations

import strawberry

from api.schema.time import DEFAULT_LANGUAGE, Lang


@strawberry.type(description="A saved question, which can be asked by its id. NL: bewaarde vraag.")
class SavedQuestion:
    name: str = strawberry.field(description="The name of its operation, for example Coverage.")
    document: str = strawberry.field(description="The GraphQL document.")
    document_id: str = strawberry.field(description="Send this as documentId instead of the document: sha256: and the SHA-256 of its text.")
    variables: str = strawberry.field(description="Example variables, as JSON text.")

    @strawberry.field(description='The question that its example asks, for example "Wie levert dyslexiezorg in Aalsmeer?". NL: titel.')
    def title(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...

    @strawberry.field(description="What it answers and for whom. NL: omschrijving.")
    def description(self, lang: Lang = DEFAULT_LANGUAGE) -> str: ...
