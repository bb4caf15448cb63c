"""Authority files: names of organizations, operations, exercises ..., and who is who in a text.

One file is one facet; the format is described in docs/authority-files.md.
"""

from indexer.authority.authority import Authority
from indexer.authority.files import AuthorityFile, Entry, parse_file
from indexer.authority.tagger import Tagger

__all__ = ["Authority", "AuthorityFile", "Entry", "Tagger", "parse_file"]
