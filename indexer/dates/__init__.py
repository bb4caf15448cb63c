"""When a release was published, when its event was, and where it was datelined.

Each with its certainty, its evidence and the name of the rule that read it.
"""

from indexer.dates.events import event_date
from indexer.dates.parsing import parse_date
from indexer.dates.places import place_of
from indexer.dates.publication import publication_date
from indexer.dates.rules import RULES

__all__ = ["RULES", "event_date", "parse_date", "place_of", "publication_date"]
