"""Toegankelijkheid: what was tested, how, what does not work yet, and how to report it. It claims no status that nobody gave."""

from __future__ import annotations

from datetime import date

from api.pages.visit import View, Visit

TESTED_ON = date(2026, 11, 27)
TESTED = ("automatic", "keyboard", "zoom", "markup", "script", "colour", "theme", "pictures", "paper", "languages", "words")
NOT_TESTED = ("expert", "readers", "theme")
LIMITS = ("programs", "tables", "sources", "english", "files", "maps")


async def view(visit: Visit) -> View:
    values = {"tested_on": TESTED_ON, "tested": TESTED, "not_tested": NOT_TESTED, "limits": LIMITS}
    return View(visit.words("accessibility.title"), values, has_day=False)
