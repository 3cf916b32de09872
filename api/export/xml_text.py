"""Texts in XML: what has a meaning there is escaped, and characters that XML 1.0 does not have are left out."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

_FOREIGN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def text(value: object) -> str:
    """Returns a text as it stands between tags."""
    return escape(_FOREIGN.sub("", str(value))).replace("\r", "&#13;")


def attribute(value: object) -> str:
    """Returns a text as it stands in a tag, with its quotes."""
    return quoteattr(_FOREIGN.sub("", str(value)))


def element(name: str, *parts: str, **attributes: object) -> str:
    """Returns an element: its parts are XML already, its attributes are texts, of which those that are None are left out."""
    listed = "".join(f" {key.rstrip('_')}={attribute(value)}" for key, value in attributes.items() if value is not None)
    return f"<{name}{listed}>{''.join(parts)}</{name}>" if parts else f"<{name}{listed}/>"
