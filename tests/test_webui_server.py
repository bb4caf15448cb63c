"""`communique serve`: what is at the address, whoever of several processes answers.

1. One process and several give the same pages; a worker that breaks down is replaced.
2. Nothing stays behind where the server is stopped or killed.
3. What hinders it is said in one line, before anybody is served.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import pytest

from indexer import Index
from tests.releases import release

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("served")
    with Index.create(path) as index, index.writer() as writer:
        for number in range(30):
            writer.add(release(f"r{number}", f"Police seized heroin {number} times."))
        writer.commit()
    return path


@contextmanager
def served(folder: Path, workers: int) -> Iterator[tuple[subprocess.Popen[str], str]]:
    command = [sys.executable, "-m", "webui.command", "serve", "--index", str(folder)]
    command += ["--port", "0", "--workers", str(workers)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            found = re.search(r"http://\S+/", server.stderr.readline())
            assert found is not None
            yield server, found[0]
        finally:
            server.kill()


def page(address: str) -> str:
    with urlopen(f"{address}?q=heroin", timeout=60) as answer:
        return str(answer.read().decode())


def workers_of(server: subprocess.Popen[str]) -> set[int]:
    """Its children that answer; multiprocessing has one more, which tracks resources."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    return {int(pid) for pid in children if b"spawn_main" in _command_line(int(pid))}


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_1_and_2_workers_give_the_same_pages_are_replaced_and_end(folder: Path) -> None:
    with served(folder, 1) as (_, address):
        expected = page(address)
    with served(folder, 2) as (server, address):
        assert page(address) == expected
        first = workers_of(server)
        assert len(first) == 2
        with ThreadPoolExecutor(12) as pool:
            assert set(pool.map(lambda _: page(address), range(60))) == {expected}
        os.kill(min(first), signal.SIGKILL)
        wait_until(lambda: len(workers_of(server) - first) == 1)
        assert page(address) == expected
        running = workers_of(server)
        server.terminate()
        assert server.wait(30) == 0
        wait_until(lambda: not any(map(_command_line, running)))


def test_2_workers_end_with_a_server_that_is_killed(folder: Path) -> None:
    with served(folder, 2) as (server, address):
        page(address)
        running = workers_of(server)
        server.kill()
        wait_until(lambda: not any(map(_command_line, running)))


@pytest.mark.parametrize("workers", [1, 2])
def test_3_a_port_that_is_taken_is_told(folder: Path, workers: int) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "webui.command", "serve", "--index", str(folder)]
        command += ["--port", str(port), "--workers", str(workers)]
        found = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert found.returncode == 2
    (line,) = found.stderr.splitlines()
    assert line.startswith(f"communique: nothing can be served at 127.0.0.1:{port}: ")
