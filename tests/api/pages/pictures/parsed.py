"""Reads the picture of a page, and what the API says of the same."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

from tests.api.pages.conftest import Read

SVG = "{http://www.w3.org/2000/svg}"


def picture(page: str) -> ElementTree.Element:
    """Returns the picture of a page, which must be well-formed."""
    found = re.search(r'<svg xmlns=.*?class="rg-picture".*?</svg>', page, re.DOTALL)
    assert found, "no picture"
    return ElementTree.fromstring(found.group())


def links(element: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """Yields the address and the name of each link."""
    for link in element.iter(f"{SVG}a"):
        yield link.attrib["href"], link.findtext(f"{SVG}title", "")


def texts(element: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in element.iter(f"{SVG}text")]


def answer(read: Read, document: str) -> Any:
    """Returns the data of a question that is asked of the API itself."""
    data: dict[str, Any] = json.loads(read(f"/graphql?query={quote(document)}", accept="application/json").text)
    assert "errors" not in data, data
    return data["data"]
