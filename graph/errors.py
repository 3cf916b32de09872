"""The errors below HTTP, as one tree. Each error has a stable code, a sentence and a remedy.

RegiograafError
├── ReferenceProblem          a way to point at a thing that leads nowhere or to several things
│   ├── NotFound              NOT_FOUND, with the nearest names
│   └── Ambiguous             AMBIGUOUS, with the candidates
├── WrongSetting              WRONG_SETTING: a setting or an option cannot be used
├── BadInput                  BAD_INPUT and kin: an argument that cannot be answered
└── EngineProblem             the store
    ├── EngineMissing         ENGINE_MISSING: there is no embedded engine for this platform
    ├── DataFolder            DATA_FOLDER: the folder of the embedded engine cannot be used
    ├── EngineUnavailable     ENGINE_UNAVAILABLE: it does not answer
    ├── NotLoaded             NOT_LOADED: it holds no graph yet
    ├── Busy                  BUSY: it has as much in hand as it takes
    ├── QueryTimeout          QUERY_TIMEOUT: it took too long
    ├── Changing              DATA_CHANGING: its data changed under every try to read one version of it
    ├── ForeignData           FOREIGN_DATA: the database holds something that is not ours
    ├── ChangeTooLarge        CHANGE_TOO_LARGE: what differs does not fit into one transaction
    └── LoadDisturbed         LOAD_DISTURBED: another program writes to the database at the same time
"""

from __future__ import annotations

from collections.abc import Sequence


class RegiograafError(Exception):
    """Something that the caller can be told, in a sentence and with what to do about it."""

    code = "ERROR"
    version: str | None = None  # of the data, where what is wrong was read from it

    def __init__(self, message: str, remedy: str, **details: object) -> None:
        super().__init__(message)
        self.message, self.remedy, self.details = message, remedy, details


class ReferenceProblem(RegiograafError):
    """A reference does not lead to exactly one thing."""


class NotFound(ReferenceProblem):
    code = "NOT_FOUND"

    def __init__(
        self,
        what: str,
        reference: str,
        nearest: Sequence[str],
        argument: str,
        other: str | None = None,
        scope: Sequence[str] = (),
        fault: str | None = None,
    ) -> None:
        """`other` is the type of thing that the reference is a key of, where that is another one; `scope` what each dataset speaks of;
        `fault` why the reference cannot be read.
        """
        hint = f"Did you mean {', '.join(nearest)}?" if nearest else "Look the name up in a list, such as municipalities or collaborations."
        if other:
            hint = f"That is the key of a {other}: ask for it as such, or with node(id:)."
        if fault:
            hint = fault
        if scope and not other:
            hint += f" The data is about: {'; '.join(scope)}."
        message = f'The {what} "{reference}" is not in the data.'
        super().__init__(message, hint, reference=reference, nearest=list(nearest), scope=list(scope), argument=argument)


class Ambiguous(ReferenceProblem):
    code = "AMBIGUOUS"

    def __init__(self, what: str, reference: str, candidates: Sequence[tuple[str, str]], argument: str) -> None:
        named = ", ".join(f"{name} ({key})" for key, name in candidates)
        super().__init__(
            f'"{reference}" can be more than one {what}: {named}.',
            "Use one of the keys in brackets.",
            reference=reference,
            candidates=[key for key, _ in candidates],
            argument=argument,
        )


class BadInput(RegiograafError):
    code = "BAD_INPUT"

    def __init__(self, message: str, remedy: str, argument: str, code: str = "BAD_INPUT") -> None:
        super().__init__(message, remedy, argument=argument)
        self.code = code


class WrongSetting(RegiograafError):
    """A setting or an option has a value that cannot be used."""

    code = "WRONG_SETTING"


class EngineProblem(RegiograafError):
    """The store cannot do what was asked."""


class EngineMissing(EngineProblem):
    code = "ENGINE_MISSING"


class DataFolder(EngineProblem):
    code = "DATA_FOLDER"


class EngineUnavailable(EngineProblem):
    code = "ENGINE_UNAVAILABLE"

    def __init__(self, message: str, remedy: str, *, logged: bool = False) -> None:
        """`logged` says that the log has the reason already."""
        super().__init__(message, remedy)
        self.logged = logged


class NotLoaded(EngineProblem):
    code = "NOT_LOADED"


class Busy(EngineProblem):
    code = "BUSY"


class QueryTimeout(EngineProblem):
    code = "QUERY_TIMEOUT"


class Changing(EngineProblem):
    code = "DATA_CHANGING"


class ForeignData(EngineProblem):
    code = "FOREIGN_DATA"


class ChangeTooLarge(EngineProblem):
    code = "CHANGE_TOO_LARGE"


class LoadDisturbed(EngineProblem):
    code = "LOAD_DISTURBED"
