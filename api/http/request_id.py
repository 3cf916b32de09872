"""The id of a request, by which its log lines are found: the client's own where it is a harmless one, else a new one."""

from __future__ import annotations

import re
import secrets
from itertools import count

_HARMLESS = re.compile(rb"[A-Za-z0-9._:\-]{1,128}")
_PROCESS, _NUMBER = secrets.token_hex(5).encode(), count(1)


def request_id(sent: bytes | None) -> bytes:
    """Returns what a client sent as `x-request-id`, or a new one if that is too long or has characters that a log should not have.

    A new one is of this process, and no other request of it has the same.
    """
    return sent if sent and _HARMLESS.fullmatch(sent) else b"%b%06x" % (_PROCESS, next(_NUMBER))
