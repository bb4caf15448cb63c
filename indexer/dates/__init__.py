"""The publication date of a release, with its precision, its certainty and its evidence."""

from indexer.dates.parsing import parse_date
from indexer.dates.publication import publication_date

__all__ = ["parse_date", "publication_date"]
