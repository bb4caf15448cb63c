"""The errors of Communique: one root, and one class for each party that has to act.

Every message is one line that says what is wrong, where, and how to mend it.
"""


class CommuniqueError(Exception):
    """The root: catch this to catch everything that Communique raises on purpose."""


class UserError(CommuniqueError):
    """The request cannot be answered as it was put; whoever typed it can mend it.

    `code` is a short stable name for programs; `position` is the character of the
    query (from 0) at which the fault stands, where there is one; `hint` says how to mend it.
    """

    def __init__(
        self,
        message: str,
        *,
        code: str = "bad_request",
        position: int | None = None,
        hint: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.position = position
        self.hint = hint

    def __str__(self) -> str:
        place = f" (at character {self.position + 1})" if self.position is not None else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{self.message}{place}{hint}"


class CorpusError(CommuniqueError):
    """A source, or a record in it, cannot be read; the message is its reason in the ledger."""


class AuthorityError(CorpusError):
    """An authority file is faulty; the message names the file, the entry and the fault."""


class IndexUnavailable(CommuniqueError):
    """There is no index here, it is locked, or it was made by another version."""


class IndexCorrupt(CommuniqueError):
    """The index is damaged; the message names the damaged part."""
