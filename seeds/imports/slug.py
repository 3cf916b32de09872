"""Slugs: the part of a key that people read. What is known keeps its own; what is new gets one from its name."""

from __future__ import annotations

from seeds.imports.importer import Known
from seeds.values import slug_of


class Slugs:
    """Gives slugs, each once."""

    def __init__(self, known: Known) -> None:
        self._known = known
        self._taken = set(known.dataset.entities)

    def of(self, prefix: str, code: str, name: str, otherwise: str = "") -> str:
        """Returns the slug of what has a code, or else one from its name; `otherwise` is the name if that slug is taken."""
        return self._known.slug(code) or self.fresh(prefix, name, otherwise or f"{name} {code.partition(':')[2]}")

    def fresh(self, prefix: str, name: str, otherwise: str) -> str:
        """Returns a slug from a name, or from another one if that is taken."""
        wanted = [slug_of(each) for each in (name, otherwise)]
        slug = next((each for each in wanted if f"{prefix}/{each}" not in self._taken), wanted[-1])
        self._taken.add(f"{prefix}/{slug}")
        return slug
