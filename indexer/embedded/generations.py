"""The folder of an index: whole builds, and one small file that names the current one.

    INDEX/communique.json               format and current build; replacing it is the switch
    INDEX/writer.lock                   held by the only writer, let go when its process ends
    INDEX/generations/000007-ab12cd/    one complete, immutable build

A commit writes a new build beside the old one, under a name that ends in `.part`, flushes it to
disk, gives it its name, and then replaces `communique.json`. So a reader sees the old build or the
new one, a dead writer leaves only a folder that nobody names, which the next writer removes, and a
folder under the name of a build is whole, also in a copy.
"""

import json
import re
import secrets
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from indexer.embedded import durable, fixity, locks, sealed
from indexer.embedded.generation import Generation
from indexer.engine import Build
from indexer.errors import CommuniqueError, IndexCorrupt, IndexUnavailable

FORMAT = 2
POINTER = "communique.json"
GENERATIONS = "generations"

KEPT_BUILDS = 2
"""How many builds stay, if nobody says otherwise: the current one and the one before."""

_BUILD_ID = re.compile(r"[0-9]{6,}-[0-9a-f]{6}")
_PART, _GONE = ".part", ".gone"


class Pointer(NamedTuple):
    """What `communique.json` says."""

    build: str
    keep: int
    """How many builds stay."""


def is_index(folder: Path) -> bool:
    """Whether a folder holds an index of any format."""
    return (folder / POINTER).is_file()


def seen(pointer: Path) -> tuple[int, int, int]:
    """What changes with every commit, which puts another file in the place of `pointer`.

    Looking at a file takes a tenth of the time of reading it, and every search does. Raises
    IndexUnavailable.
    """
    try:
        found = pointer.stat()
    except OSError as error:
        raise _not_read(pointer.parent, error) from None
    return found.st_mtime_ns, found.st_ino, found.st_size


def _not_read(folder: Path, error: OSError) -> IndexUnavailable:
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return IndexUnavailable(
            f"there is no index in {folder}; "
            f"make one with: communique index SOURCE --index {folder}"
        )
    return IndexUnavailable(f"the index in {folder} cannot be read: {error}")


def pointer(folder: Path) -> Pointer:
    """Which build is current.

    Raises IndexUnavailable where there is no index or one of another format, IndexCorrupt where
    the pointer is damaged.
    """
    try:
        text = (folder / POINTER).read_bytes().decode("utf-8", "replace")
    except OSError as error:
        raise _not_read(folder, error) from None
    try:
        found = sealed.load(text)
        format_, build, keep = found["format"], str(found["build"]), int(found["keep"])
    except (ValueError, TypeError, KeyError) as error:
        format_, build, keep = _other_format(text), "", 0
        if format_ is None:
            raise IndexCorrupt(f"{folder / POINTER} is damaged: {error}") from None
    if format_ != FORMAT:
        raise IndexUnavailable(
            f"the index in {folder} has format {format_}, this version reads format {FORMAT}; "
            "make a new one in another folder with: communique index SOURCE --index DIR"
        )
    if not _BUILD_ID.fullmatch(build):
        raise IndexCorrupt(f"{folder / POINTER} is damaged: “{build}” is no build")
    return Pointer(build, keep)


def _other_format(text: str) -> object:
    """The format of a pointer that is not sealed as ours are; None where it is just damaged."""
    with suppress(ValueError, TypeError, KeyError):
        found = json.loads(text)
        if sealed.SUM not in found and found["format"] != FORMAT:
            return found["format"]
    return None


def current(folder: Path) -> Path:
    """The folder of the current build. Raises as `pointer` does."""
    return folder / GENERATIONS / pointer(folder).build


def open_build(folder: Path, build: str | None = None) -> Generation:
    """The current build, or another one that is kept; whole by its sizes.

    Raises IndexUnavailable or IndexCorrupt.
    """
    if build and not _BUILD_ID.fullmatch(build):
        raise _unknown(folder, build)
    while True:
        name = build or pointer(folder).build
        try:
            generation = Generation(folder / GENERATIONS / name)
        except FileNotFoundError:
            if build:
                raise _unknown(folder, build) from None
            # Commits may have passed since the pointer was read, and removed what it named.
            if pointer(folder).build == name:
                raise _incomplete(folder, name) from None
        except OSError as error:
            raise IndexUnavailable(f"the index in {folder} cannot be read: {error}") from error
        else:
            generation.check()
            return generation


def _unknown(folder: Path, build: str) -> IndexUnavailable:
    kept = ", ".join(path.name for path in build_folders(folder)) or "none"
    return IndexUnavailable(f"there is no build “{build}” in {folder}; kept are: {kept}")


def _incomplete(folder: Path, build: str) -> IndexCorrupt:
    others = ", ".join(path.name for path in build_folders(folder)) or "none"
    return IndexCorrupt(
        f"the index in {folder} is incomplete: its current build {build} is not there whole "
        f"(others: {others}); if this is a copy, take it again while no writer is at work"
    )


def builds(folder: Path) -> list[Build]:
    """The builds that are kept, from the oldest on. Raises as `pointer` does."""
    now, found = pointer(folder).build, []
    for path in build_folders(folder):
        with suppress(CommuniqueError, OSError), Generation(path) as generation:
            found.append(
                Build(
                    id=path.name,
                    made=datetime.fromisoformat(generation.record["made"]),
                    summary=generation.record["summary"],
                    bytes=generation.size,
                    current=path.name == now,
                )
            )
    return found


def build_folders(folder: Path) -> list[Path]:
    """The folders under the name of a build, from the oldest on."""
    with suppress(FileNotFoundError, NotADirectoryError):
        named = [p for p in (folder / GENERATIONS).iterdir() if _BUILD_ID.fullmatch(p.name)]
        return sorted(named, key=_number)
    return []


def _number(path: Path) -> int:
    return int(path.name.split("-")[0])


def stage(folder: Path, *, from_current: bool) -> Path:
    """A new build, empty or with the files of the current one; nobody sees it yet."""
    generations = folder / GENERATIONS
    durable.make_folder(generations)
    # What a dead writer left must go now: after the switch it would pass for the build before.
    with suppress(IndexCorrupt, IndexUnavailable):
        prune(folder)
    number = max(map(_number, build_folders(folder)), default=0) + 1
    staged = generations / f"{number:06d}-{secrets.token_hex(3)}{_PART}"
    staged.mkdir()
    if from_current:
        for name, file in fixity.files_of(current(folder)).items():
            (staged / name).parent.mkdir(parents=True, exist_ok=True)
            _link_or_copy(file, staged / name)
    return staged


def _link_or_copy(file: Path, target: Path) -> None:
    # Files of a build never change, so two builds may share them.
    try:
        target.hardlink_to(file)
    except OSError:
        shutil.copy2(file, target)


def build_of(staged: Path) -> str:
    """The id that a staged build will have."""
    return staged.name.removesuffix(_PART)


def switch(folder: Path, staged: Path, summary: str, keep: int | None = None) -> None:
    """Make a staged build the current one, all at once, and let those go that are not kept.

    `keep` is how many stay from now on; None: as many as before. Raises OSError: then the index
    is as it was.
    """
    _seal(folder, staged, summary)
    durable.flush_tree(staged)
    build = staged.with_name(build_of(staged))
    staged.rename(build)
    durable.flush(build.parent)
    before = pointer(folder).keep if is_index(folder) else KEPT_BUILDS
    record = {"format": FORMAT, "build": build.name, "keep": before if keep is None else keep}
    durable.write_new(folder / f"{POINTER}.new", sealed.dump(record))
    (folder / f"{POINTER}.new").replace(folder / POINTER)
    try:
        durable.flush(folder)
    except OSError as error:
        raise IndexUnavailable(
            f"the index in {folder} has switched to build {build.name}, but the system could not "
            f"write that to the disk: {error}; a power loss now may bring back the build before"
        ) from error
    # What cannot be removed now goes with a later commit.
    with suppress(OSError):
        prune(folder)


def _seal(folder: Path, staged: Path, summary: str) -> None:
    before = _before(folder)
    record = {
        "build": build_of(staged),
        "made": datetime.now(UTC).isoformat(timespec="seconds"),
        "summary": summary,
        "files": {
            name: _record(path, name, before) for name, path in fixity.files_of(staged).items()
        },
    }
    durable.write_new(staged / fixity.BUILD, sealed.dump(record))


def _record(path: Path, name: str, before: Generation | None) -> fixity.FileRecord:
    """What a file is: as it was, where it is shared with the build before."""
    if before and name in before.files and path.samefile(before.path / name):
        return before.files[name]
    return fixity.record(path)


def _before(folder: Path) -> Generation | None:
    with suppress(CommuniqueError, OSError):
        return Generation(current(folder))
    return None


def prune(folder: Path) -> None:
    """Remove what dead writers left, and builds beyond those to keep that no reader holds.

    Only a writer may call it. Raises as `pointer` does.
    """
    named = pointer(folder) if is_index(folder) else Pointer("0", 0)
    found, number = build_folders(folder), _number(Path(named.build))
    older = [path for path in found if _number(path) <= number]
    unnamed = [path for path in found if _number(path) > number]
    for path in older[: -max(1, named.keep)] + unnamed:
        _take_name(path)
    left = [p for p in (folder / GENERATIONS).iterdir() if p.suffix in (_PART, _GONE)]
    if left:
        # The names first, on the disk as well: a power loss must not bring back half a build.
        durable.flush(folder / GENERATIONS)
    for path in left:
        shutil.rmtree(path, ignore_errors=True)


def _take_name(path: Path) -> None:
    # First its name: a copy that is being taken must not get half a build under a whole name.
    # Where a system lets no open file be moved it stays, and goes with a later commit.
    with suppress(OSError), locks.alone(path / fixity.BUILD) as nobody_reads:
        if nobody_reads:
            path.rename(path.with_name(path.name + _GONE))
