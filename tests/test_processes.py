"""The web server and the worker start, live and end together, as two small stand-ins show."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# Each writes its number and waits; the worker can be stubborn, as one in the midst of a job is.
_STAND_IN = """
import os, pathlib, signal, sys, time
folder = pathlib.Path(os.environ["FOLDER"])
if os.environ.get("STUBBORN") == sys.argv[0].rpartition("/")[2]:
    told = []
    def later(*_):
        told.append(1)
        if len(told) > 1:
            sys.exit(1)
    signal.signal(signal.SIGTERM, later)
    signal.signal(signal.SIGINT, later)
else:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, lambda *_: sys.exit(0))
with (folder / pathlib.Path(sys.argv[0]).stem).open("a") as f:
    f.write(f"{os.getpid()}\\n")
while True:
    time.sleep(0.05)
"""
_RUN = """
import signal, sys
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # whatever started the tests may have it ignored
from tinhgon.config.processes import Supervisor
sys.exit(Supervisor(["web"], ["worker"]).run())
"""


class Started:
    """A supervisor with its two children."""

    def __init__(self, folder: Path, **more: str) -> None:
        for name in ("web", "worker"):
            (folder / f"{name}.py").write_text(_STAND_IN)
        path = os.pathsep.join([str(ROOT / "src"), str(folder)])
        self.folder = folder
        self.process = subprocess.Popen(  # noqa: S603 — our own interpreter
            [sys.executable, "-c", _RUN],
            env={**os.environ, "PYTHONPATH": path, "FOLDER": str(folder), **more},
            start_new_session=True,
        )

    def numbers(self, name: str, count: int = 1) -> list[int]:
        """Return the numbers of the processes that ran under the name, once there are so many."""
        path = self.folder / name
        for _ in range(600):
            found = path.read_text().split() if path.exists() else []
            if len(found) >= count:
                return [int(each) for each in found]
            time.sleep(0.05)
        pytest.fail(f"{name} did not start {count} times")


def is_there(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{number}/stat").read_text().split()[2] != "Z"


def gone(*numbers: int) -> bool:
    for _ in range(600):
        if not any(is_there(number) for number in numbers):
            return True
        time.sleep(0.05)
    return False


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    each = Started(tmp_path)
    yield each
    each.process.kill()
    each.process.wait()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_one_signal_ends_both(started: Started, number: signal.Signals) -> None:
    [web], [worker] = started.numbers("web"), started.numbers("worker")
    started.process.send_signal(number)

    assert started.process.wait(timeout=30) == 0
    assert gone(web, worker)


def test_interrupt_from_the_keyboard_reaches_the_group_and_ends_it(started: Started) -> None:
    [web], [worker] = started.numbers("web"), started.numbers("worker")
    os.killpg(started.process.pid, signal.SIGINT)

    assert started.process.wait(timeout=30) == 0
    assert gone(web, worker)


def test_a_worker_in_the_midst_of_a_job_does_not_keep_the_rest_from_ending(tmp_path: Path) -> None:
    started = Started(tmp_path, STUBBORN="worker.py")
    [web], [worker] = started.numbers("web"), started.numbers("worker")
    os.killpg(started.process.pid, signal.SIGINT)

    assert started.process.wait(timeout=30) == 0
    assert gone(web, worker)


def test_a_worker_that_dies_is_started_again(started: Started) -> None:
    [first] = started.numbers("worker")
    os.kill(first, signal.SIGKILL)

    assert len(started.numbers("worker", 2)) == 2
    assert is_there(started.numbers("web")[0])


def test_the_worker_ends_with_the_web_server_whose_answer_is_passed_on(started: Started) -> None:
    [web], [worker] = started.numbers("web"), started.numbers("worker")
    os.kill(web, signal.SIGKILL)

    assert started.process.wait(timeout=30) == -signal.SIGKILL % 256
    assert gone(worker)


@pytest.mark.skipif(sys.platform != "linux", reason="only the kernel of Linux tells children")
def test_both_end_where_the_supervisor_is_killed(started: Started) -> None:
    [web], [worker] = started.numbers("web"), started.numbers("worker")
    started.process.kill()

    assert gone(web, worker)
