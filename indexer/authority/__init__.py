"""Authority files: names of organizations, operations, exercises ..., and who is who in a text.

One file is one facet, or a glossary for search across languages; the formats are described in
docs/authority-files.md.
"""

from indexer.authority.authority import Authority
from indexer.authority.concepts import Concept, parse_glossary
from indexer.authority.files import AuthorityFile, Entry, parse_file
from indexer.authority.glossary import Found, Glossary, Name
from indexer.authority.tables import Tree
from indexer.authority.tagger import Tagger

__all__ = [
    "Authority",
    "AuthorityFile",
    "Concept",
    "Entry",
    "Found",
    "Glossary",
    "Name",
    "Tagger",
    "Tree",
    "parse_file",
    "parse_glossary",
]
