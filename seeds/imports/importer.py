"""An importer: a pure function from the files that were read to the files that a folder of claims should hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatch
from functools import cached_property

from graph.domain.claim import Dataset, Text
from graph.domain.languages import DEFAULT
from seeds.imports.problem import ImportProblem

Progress = Callable[[str], None]  # takes a line about what is being done


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was given."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Known:
    """Everything that the datasets say already, the folder that is written among them. Importers match against it."""

    dataset: Dataset
    own: str = ""  # the slug of the dataset that is written

    @cached_property
    def by_code(self) -> Mapping[str, str]:
        """The key of the entity that has an identifier, by the identifier with its scheme (`CBS_GM:GM0479`)."""
        claims = self.dataset.claims.values()
        return {str(c.value): c.subject for c in claims if c.predicate == "identifier" and c.rank != "DEPRECATED"}

    def names(self, besides: str) -> Mapping[str, set[str]]:
        """Returns the names of each entity in Dutch, but those that one source gives."""
        found: dict[str, set[str]] = {}
        for claim in self.dataset.claims.values():
            if claim.predicate == "name" and claim.source != besides and isinstance(claim.value, Text):
                found.setdefault(claim.subject, set()).add(claim.value[DEFAULT])
        return found

    @cached_property
    def _named_elsewhere(self) -> Mapping[str, list[Text]]:
        found: dict[str, list[Text]] = {}
        for claim in self.dataset.claims.values():
            if claim.predicate == "name" and claim.dataset != self.own and isinstance(claim.value, Text):
                found.setdefault(claim.subject, []).append(claim.value)
        return found

    def is_named_elsewhere(self, key: str) -> bool:
        """Returns True if another dataset names an entity."""
        return key in self._named_elsewhere

    def is_named_otherwise(self, key: str, *name: str) -> bool:
        """Returns True if other datasets name an entity, and none of them so: their names are not overruled."""
        elsewhere = self._named_elsewhere.get(key, ())
        return bool(elsewhere) and Text(*name) not in elsewhere

    def complete_elsewhere(self, source: str) -> set[str]:
        """Returns the keys of the entities of which another dataset says, from the same source, that a list is complete."""
        return {
            c.subject for c in self.dataset.claims.values() if c.predicate == "complete" and c.source == source and c.dataset != self.own
        }

    def slug(self, code: str) -> str | None:
        """Returns the slug of the entity that has an identifier, or None."""
        key = self.by_code.get(code)
        return key.partition("/")[2] if key else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """The result of an importer: files by their path in the folder, or else problems. `notes` are told beside the difference."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    problems: Sequence[ImportProblem] = ()
    notes: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Importer:
    """An importer. `owns` are patterns of the files of the folder that it alone writes: those that it no longer wants are removed.

    If other files may match these patterns, its own begin with its `mark`; others are neither removed nor overwritten.
    `template` gives an empty file to fill in, for an ending such as `.xlsx`; registries have none.
    """

    name: str
    about: str
    owns: tuple[str, ...]
    read: Callable[[Sequence[File], Known, Progress], Wanted]
    mark: str = ""
    template: Callable[[str], bytes] | None = None

    def may_write(self, path: str, content: bytes) -> bool:
        """Returns True if a file of the folder may be written over: its own, or any where it has no mark to know its own by."""
        return not self.mark or self.has_written(path, content)

    def has_written(self, path: str, content: bytes) -> bool:
        """Returns True for a file of the folder that this importer wrote before."""
        return any(fnmatch(path, pattern) for pattern in self.owns) and content.startswith(self.mark.rstrip().encode())
