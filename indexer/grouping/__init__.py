"""Grouping: the crawl variants, reprints and language versions that are one release."""

from indexer.grouping.addresses import canonical_url
from indexer.grouping.fingerprint import Fingerprint, fingerprint
from indexer.grouping.groups import RULES, Group, GroupMember, group

__all__ = ["RULES", "Fingerprint", "Group", "GroupMember", "canonical_url", "fingerprint", "group"]
