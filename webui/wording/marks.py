"""Marks for messages that are translated where they are shown, not where they are written."""


def N_(message: str) -> str:  # noqa: N802 - the name that gettext's tools know
    """The message itself; the mark lets the extraction find it."""
    return message


def NN_(singular: str, plural: str) -> tuple[str, str]:  # noqa: N802
    """Both forms of a message that depends on a number."""
    return singular, plural
