"""What a server offers, by its settings."""

from __future__ import annotations

from typing import Any

from api.export.formats import FORMATS
from api.serve.server import offered
from api.settings import Settings

PUBLISHED: dict[str, Any] = {
    "regiograaf_publisher_name": "Gemeente Voorbeeld",
    "regiograaf_publisher_uri": "https://example.nl/gemeente",
    "regiograaf_contact": "mailto:data@example.nl",
    "regiograaf_service_licence": "CC0-1.0",
    "regiograaf_base_url": "https://example.nl",
}


def test_the_catalogue_is_offered_if_the_settings_give_all_that_it_needs_and_else_not() -> None:
    assert [*offered(Settings(**PUBLISHED))] == [*FORMATS]
    without = [name for name in FORMATS if name != "dcat"]
    for name in PUBLISHED:
        assert [*offered(Settings(**{**PUBLISHED, name: ""}))] == without, name
