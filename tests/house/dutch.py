"""The Dutch words that people read: `python -m tests.house.dutch` writes the list anew, so that a review sees each new word.

They come from the descriptions of the schema (`NL: …`), the saved questions, the pages, and the tables of sentences and words.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from graph.domain.languages import DEFAULT
from tests.house.readme import ROOT

LIST, ENGLISH = (Path(__file__).with_name(f"{language}-words.txt") for language in ("dutch", "english"))
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_PLACEHOLDER = re.compile(r"\{[^}]*\}|\$\{[^}]*\}")


def texts() -> Iterator[str]:
    """Yields every Dutch text of the program itself; the claims are not among them."""
    yield from re.findall(r"NL: ([^\".]+)", (ROOT / "api/schema.graphql").read_text("utf-8"))
    for operation in sorted((ROOT / "queries/operations").glob("*.graphql")):
        yield from re.findall(r"^NL: (.+\n.+)$", operation.read_text("utf-8"), re.MULTILINE)
    for page in sorted((ROOT / "api/explorer").glob("*.html")):
        text = re.sub(r"<(script|style|code)[^>]*>.*?</\1>|<!--.*?-->", " ", page.read_text("utf-8"), flags=re.DOTALL)
        if f'<html lang="{DEFAULT.lower()}"' not in text:
            continue
        yield re.sub(r"<[^>]*>", " ", text)
    for file in sorted((ROOT / "api/pages/texts" / DEFAULT.lower()).glob("*.toml")):
        yield from re.findall(r'= "(.+)"$', file.read_text("utf-8"), re.MULTILINE)
    for module in sorted((ROOT / "graph").rglob("*.py")):
        yield from _tables(ast.parse(module.read_text("utf-8")))


def _tables(tree: ast.Module) -> Iterator[str]:
    """Yields the texts under the key of the default language in dictionaries."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and key.value == DEFAULT:
                    yield from _strings(value)


def _strings(node: ast.AST) -> Iterator[str]:
    """Yields the texts of a table, without its keys."""
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _strings(value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child)


def words() -> list[str]:
    """Returns the words in order, each once, in lower case."""
    return sorted({word.lower() for text in texts() for word in WORD.findall(_PLACEHOLDER.sub(" ", text)) if len(word) > 1})


def english() -> set[str]:
    """Returns frequent English words that are no Dutch ones."""
    return set(ENGLISH.read_text("utf-8").split())


if __name__ == "__main__":
    LIST.write_text("".join(f"{word}\n" for word in words()), "utf-8")
