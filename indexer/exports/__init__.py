"""All hits of a search as files to take away, with a manifest that says what they are."""

from indexer.exports.formats import FORMATS, Format
from indexer.exports.hits import AllHits
from indexer.exports.parcel import MANIFEST, parcel
from indexer.exports.recipes import as_command, as_export, as_python

__all__ = [
    "FORMATS",
    "MANIFEST",
    "AllHits",
    "Format",
    "as_command",
    "as_export",
    "as_python",
    "parcel",
]
