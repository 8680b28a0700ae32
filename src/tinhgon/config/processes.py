"""
The web server and the worker of background work as one: they start and end together.

`tinhgon serve` becomes this process, which loads nothing of the application itself.
"""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from types import FrameType

_LOOK = 0.2
_LONGEST_PAUSE = 30.0
_DIES_WITH_PARENT = 1  # PR_SET_PDEATHSIG

# Seconds after the signal to end at which a child that is still there gets the next one. Ctrl+C
# reaches the whole group by itself, as does SIGTERM from some service managers: the worker takes
# any number of those for one, and SIGQUIT for "leave the job".
_ON_INTERRUPT = ((1, signal.SIGTERM), (4, signal.SIGQUIT), (12, signal.SIGKILL))
_ON_TERM = ((0, signal.SIGTERM), (10, signal.SIGQUIT), (40, signal.SIGKILL))


class Supervisor:
    """Keeps the worker running for as long as the web server runs."""

    def __init__(self, web: Sequence[str], worker: Sequence[str]) -> None:
        self._web_command, self._worker_command = web, worker
        self._signal = 0
        self._pause = 1.0

    def run(self) -> int:
        """Run both until the web server ends or a signal comes; return how the server ended."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._note)
        if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup: outlive the terminal
            signal.signal(signal.SIGHUP, self._note)
        web, worker = _start(self._web_command), _start(self._worker_command)
        begun = time.monotonic()
        while web.poll() is None and not self._signal:
            time.sleep(_LOOK)
            if worker.poll() is not None and time.monotonic() - begun > self._pause:
                # It was killed, or the database was away: try again, ever more slowly.
                lived = time.monotonic() - begun
                self._pause = 1.0 if lived > 60 else min(self._pause * 2, _LONGEST_PAUSE)
                worker, begun = _start(self._worker_command), time.monotonic()
        self._end(web, worker)
        return 0 if self._signal else web.returncode

    def _note(self, number: int, _frame: FrameType | None) -> None:
        self._signal = number

    def _end(self, *children: subprocess.Popen[bytes]) -> None:
        steps = list(_ON_INTERRUPT if self._signal == signal.SIGINT else _ON_TERM)
        told = time.monotonic()
        while any(child.poll() is None for child in children):
            if steps and time.monotonic() - told >= steps[0][0]:
                _, number = steps.pop(0)
                for child in children:
                    if child.poll() is None:
                        child.send_signal(number)
            time.sleep(_LOOK)


def _start(command: Sequence[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 — no shell, our own interpreter
        [sys.executable, "-m", *command],
        preexec_fn=_end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 — no threads here
    )


def _end_with_parent() -> None:
    """Let the kernel end the child where this process dies without having said so."""
    ctypes.CDLL(None).prctl(_DIES_WITH_PARENT, signal.SIGTERM)


if __name__ == "__main__":
    sys.exit(Supervisor(["gunicorn", *sys.argv[1:]], ["tinhgon", "worker"]).run())
