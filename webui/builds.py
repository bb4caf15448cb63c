"""The builds of an index that pages answer from: the newest, or the one that an address pins.

A pinned build answers or the page says that it is not kept: no other one ever answers in its place.
"""

import threading
from collections import OrderedDict
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from flask import Flask, g, request

from indexer import Build, Index, IndexUnavailable, UserError
from webui.speech import PARAMETER

BUILD = "build"
"""The parameter that pins a build."""
MOST_OPENED = 3
"""Pinned builds that are held open at a time; each takes about the memory of the newest."""


class BuildNotKept(UserError):
    """The address pins a build that is no longer kept, or never was."""

    def __init__(self, build: str, kept: Sequence[Build]) -> None:
        self.build = build[:40]
        self.kept = kept
        there = ", ".join(one.id for one in kept)
        super().__init__(
            f"build “{self.build}” is not kept",
            code="build_not_kept",
            hint=f"there are {there}; without a build the newest answers",
        )


class Builds:
    """One index and, opened when they are asked for, its pinned builds; threads may share it."""

    def __init__(self, newest: Index, most: int = MOST_OPENED) -> None:
        self.newest = newest
        self._most = most
        self._lock = threading.Lock()
        self._opened: OrderedDict[str, Index] = OrderedDict()
        self._seen = ""
        """The newest build when these were opened."""

    def asked(self) -> Index:
        """The index as this request asks for it. Raises BuildNotKept."""
        build = request.args.get(BUILD, "").strip()
        self._let_go()
        index = self.at(build) if build else self.newest
        g.build = build
        return index

    def at(self, build: str) -> Index:
        """The index as one build has it. Raises BuildNotKept."""
        with self._lock:
            found = self._opened.get(build)
            if found is None:
                found = self._opened[build] = self._open(build)
                self._seen = self.newest.statistics().build
            self._opened.move_to_end(build)
            # What other threads still answer from goes when they let go of it.
            while len(self._opened) > self._most:
                self._opened.popitem(last=False)
            return found

    def made(self, build: str) -> datetime | None:
        """When a build was made; None where it is not kept."""
        return next((one.made for one in self.newest.builds() if one.id == build), None)

    def _open(self, build: str) -> Index:
        try:
            found = self.newest.at(build)
            found.statistics()
        except IndexUnavailable as error:
            raise BuildNotKept(build, self.newest.builds()) from error
        return found

    def _let_go(self) -> None:
        """After a commit nothing stays held that nobody asks for any more."""
        if self._opened and self.newest.statistics().build != self._seen:
            with self._lock:
                self._opened.clear()

    def __len__(self) -> int:
        """How many pinned builds are open."""
        return len(self._opened)


def answered_by() -> str | None:
    """The build that answers this request; None where no page of the index does."""
    if "build" not in g:
        return None
    newest: str | None = g.page[0] if "page" in g else None
    return g.build or newest


def permanent_url(build: str) -> str:
    """This page as a build answers it, whatever the language of its reader."""
    return f"?{urlencode([*_kept(PARAMETER), (BUILD, build)])}"


def unpinned_url() -> str:
    """This page as the newest build answers it."""
    return f"?{urlencode(_kept())}"


def _kept(*left_out: str) -> list[tuple[str, str]]:
    pairs = request.args.items(multi=True)
    return [(name, value) for name, value in pairs if name not in (BUILD, *left_out)]


def add_builds(app: Flask, builds: Builds) -> None:
    """Give the templates what they say of builds."""
    app.jinja_env.globals |= {
        "answered_by": answered_by,
        "made": builds.made,
        "permanent_url": permanent_url,
        "unpinned_url": unpinned_url,
    }
