"""The publication date of a release, with its precision, its certainty and its evidence."""

from indexer.dates.parsing import parse_date
from indexer.dates.publication import publication_date
from indexer.dates.rules import RULES

__all__ = ["RULES", "parse_date", "publication_date"]
