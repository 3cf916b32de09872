"""The part of the composition root that commands need: the day, the settings, an open store, and a loop to run in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from api.settings import Settings

if TYPE_CHECKING:
    from graph.engines.bolt import Store


@dataclass(frozen=True, slots=True)
class Root:
    """The composition root as commands see it. `settings` takes the folders of claims that were given as options."""

    today: Callable[[], date]
    settings: Callable[[list[str] | None], Settings]
    opened: Callable[[Settings], AbstractAsyncContextManager[Store]]
    run: Callable[[Coroutine[Any, Any, None]], None]

    def with_store(self, settings: Settings, work: Callable[[Store], Awaitable[None]]) -> None:
        """Opens the store of the settings, quietly, and does some work with it."""

        async def opened() -> None:
            async with self.opened(settings) as store:
                await work(store)

        self.run(opened())
