"""A question as plain values: what is asked of what, without GraphQL and without Cypher.

Equal questions are equal values, so that a plan can be kept for each. What a caller may vary freely (names, days, numbers)
stands outside as a Parameter; what shapes the plan (enum words, which arguments are there) stands inside.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as has
from typing import TypeVar


class NotCompiled(Exception):
    """The schema has a field, a filter, an order or an argument that the compiler does not know: an error of ours."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that is sent beside the Cypher. `kind` is the name of its scalar: Date, Ref, Int, String, ID, Float, Boolean.

    A parameter stands for one value or, where `many`, for a list of them.
    """

    name: str
    kind: str
    many: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    """An input object: the arguments that it has, by name."""

    of: tuple[tuple[str, Argument], ...]

    def get(self, name: str, form: type[Form]) -> Form | None:
        """Returns an argument, or None if it is not there. Raises NotCompiled if it has another form."""
        return _of_form(self.of, name, form)


@dataclass(frozen=True, slots=True)
class Items:
    """A list of input objects or of words."""

    of: tuple[Argument, ...]


Argument = Parameter | Fields | Items | str | bool | None
Form = TypeVar("Form", Parameter, Fields, Items, str, bool)


def _of_form(arguments: tuple[tuple[str, Argument], ...], name: str, form: type[Form]) -> Form | None:
    value = dict(arguments).get(name)
    if value is None or isinstance(value, form):
        return value
    raise NotCompiled(f"{name} as {value}: the compiler takes it as {form.__name__} only")


@dataclass(frozen=True, slots=True)
class Ask:
    """One field that is asked of a thing: under which key the answer goes, with which arguments, and what is asked of the value.

    `children` holds, for each concrete type that the value may have, what is asked of it.
    """

    key: str
    field: str
    arguments: tuple[tuple[str, Argument], ...] = ()
    children: tuple[tuple[str, tuple[Ask, ...]], ...] = ()
    used: set[str] = has(default_factory=set, compare=False, repr=False)

    def get(self, name: str, form: type[Form]) -> Form | None:
        """Returns an argument as `Fields.get` does, and notes that the compiler took it."""
        self.used.add(name)
        return _of_form(self.arguments, name, form)

    def parameter(self, name: str) -> Parameter:
        """Returns a parameter that the schema requires."""
        value = self.get(name, Parameter)
        assert value
        return value

    @property
    def ignored(self) -> list[str]:
        """The arguments that nobody took."""
        return [name for name, _ in self.arguments if name not in self.used]

    def of(self, type_: str) -> tuple[Ask, ...]:
        return next((asks for name, asks in self.children if name == type_), ())

    @property
    def only(self) -> tuple[Ask, ...]:
        """The fields asked of a value that has one possible type."""
        return self.children[0][1] if self.children else ()
