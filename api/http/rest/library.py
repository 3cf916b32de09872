"""All claims of a store as plain values and the network that they make, once for each load, for the files and forms made of them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from api.answer import Answers
from api.export.network import Network, network
from api.http.endpoint import check_version
from api.http.request import other_version
from api.http.rest.answering import Asked
from api.http.rest.jobs import Jobs, beside, in_thread
from api.limits import REQUEST_SECONDS
from graph.domain.claim import Dataset
from graph.errors import Changing, NotLoaded
from graph.load.stored import stored

SPARE_SECONDS = 0.5  # of the time of a request, for the rest of it


@dataclass(slots=True)
class Library:
    """Reads the claims of one store, in a thread, and keeps those of the last load, with the network of them if somebody needs it."""

    answers: Answers
    load_id: str = ""
    last: Dataset | None = None
    whole: Network | None = None
    jobs: Jobs[Dataset] = field(default_factory=Jobs)
    networks: Jobs[Network] = field(default_factory=Jobs)

    async def dataset(self, load_id: str, seconds: float | None = None) -> Dataset:
        """Returns the claims of a load. Raises Changing if another one takes its place meanwhile, Refusal after some seconds."""
        if self.last is not None and self.load_id == load_id:
            return self.last
        there = beside(self.answers, asyncio.get_running_loop())

        async def read() -> Dataset:
            self.last = self.whole = None  # two of them would take twice the memory
            dataset = await in_thread(lambda: stored(there.store))
            self.check(load_id)
            self.last, self.load_id = dataset, load_id
            return dataset

        return await self.jobs.result(load_id, read, seconds)

    async def network(self, load_id: str, seconds: float | None = None) -> Network:
        """Returns the things and relationships that the claims of a load make on all days. Raises Changing and Refusal as `dataset`."""
        dataset = await self.dataset(load_id, seconds)
        if self.whole is not None and self.whole.dataset is dataset:
            return self.whole

        async def made() -> Network:
            return network(dataset)

        async def work() -> Network:
            whole = await in_thread(made)
            if self.last is dataset:  # no other load has taken its place
                self.whole = whole
            return whole

        return await self.networks.result(load_id, work, seconds)

    def check(self, load_id: str) -> None:
        """Raises Changing if the store holds another load by now."""
        if self.answers.versions.load_id not in (None, load_id):
            raise Changing("Other data was loaded meanwhile.", "Ask again.")


def time_left(answers: Answers) -> float:
    """Returns how many seconds a request may wait for its file."""
    return (answers.request_seconds or REQUEST_SECONDS) - SPARE_SECONDS


async def current(answers: Answers, wanted: Asked) -> tuple[str, str]:
    """Returns the version and the load that the store holds. Raises NotLoaded, and BadRequest if an address names another version."""
    versions = answers.versions
    if wanted.version:
        await check_version(versions, wanted.version)
    if versions.current is None:
        await versions.refresh()
    if versions.current is None or versions.load_id is None:
        raise NotLoaded("The graph is empty: nothing has been loaded yet.", "Try again when it is loaded.")
    if wanted.version not in (None, versions.current):
        raise other_version(wanted.version or "", versions.current)
    return versions.current, versions.load_id
