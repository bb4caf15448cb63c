"""What came of one kind of fault."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Result:
    """So many trials, how they ended, and what must not have been."""

    what: str
    trials: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def record(self) -> dict[str, object]:
        """For JSON."""
        return {
            "what": self.what,
            "trials": self.trials,
            "seen": dict(self.seen),
            "faults": self.faults,
        }

    def row(self) -> str:
        """A line of the table in `bench/README.md`."""
        seen = "; ".join(f"{count:,} {how}" for how, count in self.seen.most_common())
        return f"| {self.what} | {self.trials:,} | {len(self.faults)} | {seen} |"
