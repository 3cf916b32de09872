"""The id of a request, by which its log lines are found: the client's own where it is a harmless one, else a new one."""

from __future__ import annotations

import re
import secrets

_HARMLESS = re.compile(r"[A-Za-z0-9._:\-]{1,128}")


def request_id(sent: str | None) -> str:
    """What a client sent as `x-request-id`, unless it is too long or holds characters that a log or a header should not."""
    return sent if sent and _HARMLESS.fullmatch(sent) else secrets.token_hex(8)
