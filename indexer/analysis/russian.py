"""What Snowball's Russian stems still lack: nouns and surnames that it takes for other forms.

Snowball cuts -ов as the genitive plural (столов), -л as the past and -н as the participle, but
only in some forms of a noun: Иванов loses what Иванова keeps, канал and Казахстан lose a letter
that каналом and Казахстаном keep. Here all forms lose it.
"""

import re

_DOUBTFUL = re.compile("(?:иев|(?<=...)(?:ов|ев)|(?<=...[ая])[лн]|(?<=....)ил)$")


def evened(stem: str) -> str:
    """The stem that Snowball gave, without an end that it cuts from some forms of a word only."""
    found = _DOUBTFUL.search(stem)
    return stem[: found.start()] if found and found.start() > 1 else stem
