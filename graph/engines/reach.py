"""Waits for a store that is not there yet, and reports settings with which none will ever answer.

`bolt` translates what goes wrong later; here each reason is named by the setting that causes it.
"""

from __future__ import annotations

import asyncio
import re
import ssl
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from neo4j import AsyncGraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.engines.cypher import Address
from graph.errors import EngineUnavailable, RegiograafError, WrongSetting

ANSWER_SECONDS = 5.0  # for one attempt
PAUSE_SECONDS = 0.5  # between two attempts
REPORT_SECONDS = 5.0  # between two lines about them
SCHEMES = ("neo4j", "neo4j+s", "neo4j+ssc", "bolt", "bolt+s", "bolt+ssc")
CHECK = "Check that it runs, and the host and port in NEO4J_URI. REGIOGRAAF_START_SECONDS is how long it is waited for."
WITHOUT_TLS = "Without TLS NEO4J_URI begins with neo4j:// or bolt://; with a certificate of its own with neo4j+ssc:// or bolt+ssc://."


async def reach(address: Address, seconds: float, say: Callable[[str], None]) -> None:
    """Returns when the database of a store answers.

    Raises WrongSetting at once if the settings cannot work, and EngineUnavailable if nothing answers within `seconds`.
    """
    deadline, report_at = time.monotonic() + seconds, 0.0
    while problem := await _problem(address):
        now = time.monotonic()
        if isinstance(problem, WrongSetting) or now >= deadline:
            raise problem
        if now >= report_at:
            say(f"Waiting for at most {deadline - now:.0f} s more: {problem.message}")
            report_at = now + REPORT_SECONDS
        await asyncio.sleep(min(PAUSE_SECONDS, deadline - now))


async def _problem(address: Address) -> RegiograafError | None:
    """Tries once, and returns why it failed."""
    uri = without_user(address.uri)
    if wrong := _wrong_address(address.uri):
        return WrongSetting(f"NEO4J_URI is {uri!r}: {wrong}.", "Write it as neo4j://host:7687, or bolt://host:7687.")
    try:
        async with asyncio.timeout(2 * ANSWER_SECONDS):
            await _ask(address)
    except Neo4jError as error:
        return _of_the_store(address, uri, error)
    except TimeoutError:
        return _unavailable(uri, "it accepts connections and says nothing")
    except (DriverError, OSError, ValueError) as error:  # a ValueError: the host is not known (yet)
        return _of_the_connection(uri, error)
    return None


def _wrong_address(uri: str) -> str | None:
    """Returns what is wrong with the form of an address. The driver would take port 99999 for 34463, and no host for this one."""
    try:
        parts = urlsplit(uri)
        port = parts.port
    except ValueError as error:
        return _first_line(error)
    if parts.scheme not in SCHEMES:
        return f"it must begin with {', '.join(f'{scheme}://' for scheme in SCHEMES)}"
    if parts.username is not None:
        return "user and password are settings of their own"
    return None if parts.hostname and port != 0 else "it lacks a host or has port 0"


async def _ask(address: Address) -> None:
    driver = AsyncGraphDatabase.driver(
        address.uri,
        auth=(address.user, address.password) if address.user else None,
        connection_timeout=ANSWER_SECONDS,
        connection_acquisition_timeout=ANSWER_SECONDS,
        user_agent="regiograaf",
    )
    async with driver, driver.session(database=address.database, default_access_mode="READ") as session:
        await (await session.run("RETURN 1")).consume()


def _of_the_store(address: Address, uri: str, error: Neo4jError) -> RegiograafError:
    """Returns the problem that a store names itself."""
    code = error.code or ""
    if code.startswith("Neo.ClientError.Security"):
        who = f"the user {address.user!r} with this password" if address.user else "a client without a user"
        return WrongSetting(
            f"The graph store at {uri} refuses {who}: {code.rpartition('.')[2]}.",
            "Correct NEO4J_USER and NEO4J_PASSWORD (for `load` NEO4J_LOAD_USER and NEO4J_LOAD_PASSWORD, if they are set).",
        )
    if code.startswith("Neo.ClientError.Database"):
        return WrongSetting(
            f"The graph store at {uri} has no database {address.database!r}: {code.rpartition('.')[2]}.",
            "Correct NEO4J_DATABASE, or leave it out for the default database.",
        )
    return _unavailable(uri, f"it refuses to answer ({code or _first_line(error)})")


def _of_the_connection(uri: str, error: Exception) -> RegiograafError:
    causes = _causes(error)
    if tls := next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None):
        return WrongSetting(
            f"The graph store at {uri} and this program find no common TLS: {tls.reason or _first_line(tls)}.",
            WITHOUT_TLS,
        )
    if any("looks like HTTP" in str(cause) for cause in causes):
        return WrongSetting(f"At {uri} is a web server, not Bolt.", "Give NEO4J_URI the port of Bolt, which is usually 7687.")
    if any(type(cause).__name__ == "BoltSecurityError" for cause in causes):  # a proxy that waits for the store does the same
        return _unavailable(uri, "it ends the connection instead of speaking TLS", WITHOUT_TLS)
    return _unavailable(uri, _first_line(causes[-1]) or _first_line(error))


def _unavailable(uri: str, reason: str, remedy: str = CHECK) -> EngineUnavailable:
    return EngineUnavailable(f"The graph store at {uri} does not answer: {reason}.", remedy)


def _causes(error: BaseException | None) -> list[BaseException]:
    """Returns an error and those that it came from, the first of them last."""
    if error is None:
        return []
    inner = error.exceptions if isinstance(error, BaseExceptionGroup) else (error.__cause__ or error.__context__,)
    return [error, *(cause for each in inner for cause in _causes(each))]


def without_user(uri: str) -> str:
    """Returns an address without the user and password that somebody wrote into it."""
    return re.sub(r"//[^/@]*@", "//", uri)


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0].rstrip(":.")
