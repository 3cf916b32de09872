"""A YAML file as plain values with their lines. Every scalar is a text, so leading zeros and `no` stay as written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import yaml

_LOADER: type[yaml.BaseLoader] | type[yaml.CBaseLoader] = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class YamlList:
    values: tuple[Value, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """A value with the line of its key, which differs from that of the value if a list follows below."""

    value: Value
    line: int


@dataclass(frozen=True, slots=True)
class YamlMap:
    entries: Mapping[str, Field]
    line: int

    def value(self, key: str) -> Value | None:
        field = self.entries.get(key)
        return field.value if field else None


Value = Scalar | YamlList | YamlMap


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault in the YAML of a file."""

    code: str
    line: int
    what: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Document:
    """The content of a file, or None if it is not YAML."""

    root: Value | None
    faults: tuple[Fault, ...] = ()


_REMEDIES = {
    "mapping values are not allowed": 'Put a text that contains ": " in quotes, and look at the indentation.',
    "found character that cannot start": "Indent with spaces, and put a text that begins with a special character in quotes.",
    "while parsing a flow mapping": "Put a text that contains a comma, a colon or a bracket in quotes, and close the brace.",
    "while parsing a flow sequence": "Put a text that contains a comma or a bracket in quotes, and close the bracket.",
    "while parsing a block": "Indent it like its neighbours, and put a text that contains quotes or colons in quotes.",
    "quoted scalar": "Close the quotes.",
    "single document": "Keep one document in a file: remove the line ---.",
}


def parse(content: bytes) -> Document:
    """Reads a file. Faults in its YAML are in the result; nothing is raised."""
    try:
        text = content.decode("utf-8-sig")
        node = yaml.compose(text, _LOADER)
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        return Document(None, (Fault("YAML_SYNTAX", line, "This is not text in UTF-8.", "Save the file as UTF-8."),))
    except yaml.YAMLError as error:
        return Document(None, (_syntax_fault(error, content),))
    if node is None:
        return Document(None, (Fault("YAML_SYNTAX", 1, "The file is empty.", "Write it, or remove it."),))
    faults: list[Fault] = []
    root = _value(node, set(), faults)
    unread = any(fault.code == "YAML_SYNTAX" for fault in faults)
    return Document(None if unread else root, tuple(faults))


def _syntax_fault(error: yaml.YAMLError, content: bytes) -> Fault:
    message = " ".join(str(part) for part in (getattr(error, "context", None), getattr(error, "problem", None)) if part)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    before = content[: int(getattr(error, "position", 0))].count(b"\n")
    line = (int(mark.line) if mark else before) + 1
    remedy = next((remedy for sign, remedy in _REMEDIES.items() if sign in message), "Look at the indentation and the quotes.")
    return Fault("YAML_SYNTAX", line, f"This is not YAML: {message or 'it contains a character that cannot be printed'}.", remedy)


def _value(node: yaml.Node, seen: set[int], faults: list[Fault]) -> Value:
    line = node.start_mark.line + 1
    if id(node) in seen:
        faults.append(Fault("YAML_SYNTAX", line, "A value is repeated with & and *.", "Write it out in both places."))
        return Scalar("", line)
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        return Scalar(node.value, line)
    if isinstance(node, yaml.SequenceNode):
        return YamlList(tuple([_value(item, seen, faults) for item in node.value]), line)
    return _fields(node, line, seen, faults)


def _fields(node: yaml.Node, line: int, seen: set[int], faults: list[Fault]) -> YamlMap:
    entries: dict[str, Field] = {}
    for key, value in node.value:
        at = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            faults.append(Fault("YAML_SYNTAX", at, "A key is not a word.", "Write `key: value`."))
        elif key.value in entries:
            first = entries[key.value].line
            faults.append(
                Fault("DUPLICATE_KEY", at, f'"{key.value}" is here twice, first on line {first}.', "Keep one, or make two entries.")
            )
        else:
            entries[key.value] = Field(_value(value, seen, faults), at)
    return YamlMap(entries, line)
