"""
What can be done in the background, and how.

An app that has long work keeps a module `jobs` (above its actions, below its views) with a list
KINDS, one `Kind` each. They are found by name, because the apps stand above this one. Whoever wants
the work done calls, in a view or an action of its own:

    from tinhgon.apps.jobs import actions as jobs
    job = jobs.ask("reports.all_agencies", {"period": 7}, by=user, at=at)
    return redirect(job)

`params` is kept as JSON: keys and plain values, no records. The call belongs to the transaction of
the change that it stands in: rolled back, nothing was asked for; nobody starts before the commit.

How `run` goes about it:

- It computes outside of transactions and calls `work.progress(done, of, words)` now and then, a few
  times a second at most being written. The call raises `Stopped` where the person cancelled:
  let it pass. Inside a transaction it raises RuntimeError.
- It writes big files into `work.folder`, which is gone afterwards; `Outcome.file` names the one to
  keep for the person.
- What it changes in the database it hands over as `Outcome.write`, which is called in the very
  transaction that makes the job done: all of it stands, or none.
- What the person must hear it raises as `Refused`, in words that say what to do. Any other
  exception is logged and told as a fault of the software.

`check` is asked when the work is asked for, when it starts and when its file is fetched, because
rights change meanwhile. A file that holds records names their keys in `Outcome.holds`, and
`check_holds` says whether the person may still see every one of them.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

from django.apps import apps

from tinhgon.apps.accounts.models import User

Params = Mapping[str, Any]


class Stopped(BaseException):
    """The job was cancelled, or taken for lost and repeated: there is nothing more to do."""


class Progress(Protocol):
    def __call__(self, done: int, of: int | None = None, words: str = "") -> None: ...


@dataclass(frozen=True, slots=True)
class Work:
    """One run of a job: for whom, since when, and what it was asked with."""

    params: Params
    by: User
    at: datetime
    folder: Path
    progress: Progress


@dataclass(frozen=True, slots=True)
class Made:
    """A file of `Work.folder` for the person, under the name with which he fetches it."""

    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """
    What came of it: a sentence, a page of the application that shows it, a file. What `write` makes
    has its address only then: `url` is asked after it.
    """

    text: str
    url: str | Callable[[], str] = ""
    file: Made | None = None
    write: Callable[[], object] | None = None
    holds: Sequence[int] = ()


def _anybody(_by: User, _params: Params) -> None:
    return None


def _whatever(_by: User, _holds: Sequence[int]) -> None:
    return None


def _nothing(_params: Params) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Kind:
    """
    A kind of work. `name` is "app.what"; `title` says in one line what was asked for, for lists and
    notices; `check` and `check_holds` raise PermissionDenied. `forget` takes away what was kept for
    the work alone, when the job is forgotten long after its end.
    """

    name: str
    title: Callable[[Params], str]
    run: Callable[[Work], Outcome]
    check: Callable[[User, Params], None] = _anybody
    check_holds: Callable[[User, Sequence[int]], None] = _whatever
    forget: Callable[[Params], None] = _nothing


def key_of(kind: str, params: Params) -> str:
    """Return by what two requests for the same are known."""
    text = json.dumps([kind, dict(params)], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


@cache
def kinds() -> Mapping[str, Kind]:
    """Return every kind by its name."""
    found: list[Kind] = []
    for config in apps.get_app_configs():
        module = f"{config.name}.jobs"
        if config.name.startswith("tinhgon.apps.") and find_spec(module):
            found += import_module(module).KINDS
    return {kind.name: kind for kind in found}
