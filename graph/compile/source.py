"""The Python source of shaping functions, built from the functions and members that it uses.

Functions are passed, never named in text: a rename is safe, and tools see every use. `exec` makes the function, because
closures over the same plan are three times slower.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from graph.question import Ask, NotCompiled

ROW, PARAMETERS = "row", "p"  # the arguments of a shaping function
Shape = Callable[[Sequence[Any], Mapping[str, Any]], Any]
_CALLED: dict[str, Callable[..., Any]] = {}


def call(function: Callable[..., Any], *arguments: str, **keywords: str) -> str:
    """Returns the source of a call with arguments that are sources."""
    name = f"{function.__module__}.{function.__qualname__}".replace(".", "_")
    if _CALLED.setdefault(name, function) is not function:
        raise ValueError(f"two functions would be called {name}")
    return f"{name}({', '.join((*arguments, *(f'{key}={value}' for key, value in keywords.items())))})"


def attribute(holder: str, owner: type, name: str) -> str:
    """Returns the source of an attribute of a value of a class. Raises AttributeError if the class has none of that name."""
    if name not in owner.__dict__:
        raise AttributeError(f"{owner.__name__} has no {name}")
    return f"{holder}.{name}"


def parameter(name: str) -> str:
    """Returns the source of a parameter of the question."""
    return f"{PARAMETERS}[{name!r}]"


def object_of(asks: Iterable[Ask], value: Callable[[Ask], str]) -> str:
    """Returns the source of an object with each field under its key; `value` gives the source of every field but `__typename`."""
    parts = []
    for ask in asks:
        ask.used.clear()  # by another type that has the field, whose handler may look at more
        parts.append(f"{ask.key!r}: {repr(ask.get('type', str)) if ask.field == '__typename' else value(ask)}")
        refuse_ignored(ask)
    return "{" + ", ".join(parts) + "}"


def refuse_ignored(ask: Ask) -> None:
    """Raises NotCompiled if a field has an argument that no handler took."""
    if ask.ignored:
        raise NotCompiled(f"{ask.field} has arguments that the compiler does not know: {', '.join(ask.ignored)}")


def shaping_function(source: str, name: str) -> Shape:
    """Builds the function that gives the value of a source. In it are quoted keys and the names of `_CALLED`, no text of a caller."""
    scope: dict[str, Any] = dict(_CALLED)
    exec(compile(f"def shape({ROW}, {PARAMETERS}):\n    return {source}\n", f"<plan of {name}>", "exec"), scope)
    shape: Shape = scope.pop("shape")  # a function that stood in its own scope would be freed late
    return shape
