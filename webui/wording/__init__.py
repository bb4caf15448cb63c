"""What the pages say, in the language of their reader."""

from webui.wording.catalogs import LANGUAGES, SOURCE
from webui.wording.choice import chosen_language
from webui.wording.words import Words, words_of

__all__ = ["LANGUAGES", "SOURCE", "Words", "chosen_language", "words_of"]
