"""Providers that a list names as new, expressly: `Zorgboerderij De Linde (nieuw)`."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from seeds.imports.lists import value
from seeds.imports.lists.draft import Draft, ListSource
from seeds.imports.lists.naming import Things
from seeds.imports.lists.table import Cell, Faults
from seeds.values import slug_of

_NEW = re.compile(r"(.*\S)\s*\((?:nieuw|new)\)", re.IGNORECASE | re.DOTALL)
PROVIDER = ("Provider",)


@dataclass(slots=True)
class NewProviders:
    """The providers that come into the data with a list. A name that is known already cannot be new."""

    things: Things
    draft: Draft
    faults: Faults
    keys: dict[str, str] = field(default_factory=dict)  # with the name of each

    def announce(self, cell: Cell, source: ListSource, section: str) -> None:
        """Adds the providers that a cell calls new, so that other rows may name them without saying so again."""
        for name in value.names(cell, self.faults):
            if new := _NEW.fullmatch(name):
                self.add(new[1], cell, source, section)

    def find(self, name: str, cell: Cell, source: ListSource, section: str) -> str | None:
        """Returns the key of a known provider, or of one that the cell calls new."""
        new = _NEW.fullmatch(name)
        if new:
            return self.add(new[1], cell, source, section)
        key = f"provider/{slug_of(name)}"
        if self.keys.get(key, "").casefold() == name.casefold() and not self.things.knows(key):
            return key  # called new in another row
        comma = self.things.commas(name, PROVIDER)
        return self.things.find(name, PROVIDER, cell, self.faults, comma or f"If it is a new provider, write: {name[:60]} (nieuw).")

    def add(self, name: str, cell: Cell, source: ListSource, section: str) -> str | None:
        """Adds a new provider, once, and returns its key."""
        key = f"provider/{slug_of(name)}"
        if self.things.has(name, PROVIDER) or self.things.knows(key):
            self.faults.at(cell, "ALREADY_KNOWN", f'"{name}" is not new: it is known.', "Leave out that it is new.")
            return None
        if not slug_of(name) or (key in self.keys and self.keys[key].casefold() != name.casefold()):
            other = f'"{name}" and "{self.keys[key]}" would get the same key.' if key in self.keys else f'"{name}" has no letter or digit.'
            self.faults.at(cell, "WRONG_VALUE", other, "Write the name of the provider in full, and in one way.")
            return None
        if key not in self.keys:
            self.keys[key] = name
            self.draft.say(source, key, "name", "name", {"nl": name}, section, {})
            self.draft.say(source, key, "exists", "exists", True, section, {})
        return key
