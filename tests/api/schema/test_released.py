"""Nothing that a client of the last release may use goes or changes unnoticed."""

from __future__ import annotations

import pytest

from api.schema import sdl
from tests.api.schema.released import AGREED, RELEASED, broken, unagreed


def test_nothing_of_the_last_release_is_missing() -> None:
    assert unagreed() == []
    assert set(broken(RELEASED.read_text("utf-8"), sdl())) >= AGREED


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("  code: String!", "  codes: String!", "Municipality.code was removed"),
        ("  changesOn: Date\n", "  changesOn: String\n", "Coverage.changesOn changed type from Date to String"),
        ("  isDefault: Boolean!", "  isDefault: Boolean", "TemporalContext.isDefault changed type from Boolean! to Boolean"),
    ],
)
def test_a_change_that_breaks_is_told_in_a_line(before: str, after: str, line: str) -> None:
    released = RELEASED.read_text("utf-8")
    assert before in released
    assert any(line in told for told in broken(released, released.replace(before, after)))
