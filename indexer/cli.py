"""The command line: answers go to standard output, messages to standard error.

Exit codes: 0 done; 1 done, but `verify` found damage or changed sources, `index --strict` has
rejects or `inspect --diff` found differences; 2 wrong use, with one line that says what is wrong
and how to mend it.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from indexer.commands import compact, diff, export, index, inspect, ledger, search, stats, verify
from indexer.commands.command import DONE, WRONG_USE, Subparsers
from indexer.console import tell
from indexer.errors import CommuniqueError

COMMANDS = (index, search, export, inspect, stats, verify, ledger, compact, diff)


def main(
    argv: Sequence[str] | None = None, more: Sequence[Callable[[Subparsers], None]] = ()
) -> int:
    """Run one command; `more` adds commands of higher layers. The exit code is returned."""
    arguments = make_parser(more).parse_args(argv)
    try:
        code: int = arguments.run(arguments)
        sys.stdout.flush()
    except CommuniqueError as error:
        # One line, also where a path in it has more.
        tell("communique: " + "\\n".join(str(error).splitlines()))
        return WRONG_USE
    except MemoryError:
        tell("communique: out of memory; the index is as it was before; try with fewer --jobs")
        return WRONG_USE
    except BrokenPipeError:
        # The reader of our output has gone, as `head` does; that is no fault.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        tell("communique: stopped; the index is as it was before")
        return 130
    return code


def make_parser(more: Sequence[Callable[[Subparsers], None]] = ()) -> argparse.ArgumentParser:
    """The parser of all commands."""
    parser = argparse.ArgumentParser(
        prog="communique", description="Full-text search over press releases."
    )
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for add in (*(command.add for command in COMMANDS), *more):
        add(commands)
    return parser


if __name__ == "__main__":
    sys.exit(main())
