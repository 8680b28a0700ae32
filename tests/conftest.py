from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.browser import browser as browser
from tests.migrated import start_from_copy

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

# A timing is never a test: a busy machine must not make a property fail.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")


def pytest_configure() -> None:
    """Give the settings that production must bring itself."""
    from django.conf import settings

    settings.SECRET_KEY = "only-for-tests" * 4
    settings.STATIC_ROOT = (
        None  # nothing is collected; the middleware would warn of a missing folder
    )
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.LOGGING_CONFIG = None
    [engine] = settings.TEMPLATES
    options: Any = engine["OPTIONS"]
    options["string_if_invalid"] = UndefinedVariable("%s")


_LONG = {"e2e", "keeping"}


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take minutes, so that no core waits for one of them at the end."""
    items.sort(key=lambda item: _LONG.isdisjoint(item.path.parts))


MAX_QUERIES = 12


class StrictClient(Client):
    """A client that refuses what no page of ours may do."""

    max_queries = MAX_QUERIES

    def request(self, **request: Any) -> Any:
        with CaptureQueriesContext(connection) as ctx:
            response = super().request(**request)
        if request["REQUEST_METHOD"] in {"GET", "HEAD"}:
            _check_get([q["sql"] for q in ctx.captured_queries], self.max_queries)
        if response.get("Content-Type", "").startswith("text/html") and not response.streaming:
            _check_html(response.content.decode())
        return response


def _check_get(statements: list[str], most: int) -> None:
    own = [
        s for s in statements if "session" not in s and not s.startswith(("SAVEPOINT", "RELEASE"))
    ]
    writes = [s for s in own if s.startswith(("INSERT", "UPDATE", "DELETE"))]
    assert not writes, f"GET wrote to the database: {writes}"
    assert len(own) <= most, f"{len(own)} queries on one page:\n" + "\n".join(own)


def _check_html(html: str) -> None:
    for forbidden in ("{{", "{%", " onclick=", " onchange=", "<script>", "<style", " style="):
        assert forbidden not in html, f"{forbidden!r} in the page"


class UndefinedVariable(str):
    """As string_if_invalid: any use of an undefined template variable fails the test."""

    def __contains__(self, item: object) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        pytest.fail(f"undefined template variable: {variable}")


@pytest.fixture(scope="session")
def _copying() -> ExitStack:
    copying = ExitStack()
    copying.enter_context(start_from_copy())
    return copying


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    _copying: ExitStack,  # from before the databases are made …
) -> None:
    """Where pytest-django lets a project prepare what it makes databases from."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any, _copying: ExitStack) -> None:
    with django_db_blocker.unblock():
        _copying.close()  # … until they are ready


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def htmx(client: StrictClient) -> Callable[..., Any]:
    def post(url: str, data: dict[str, Any]) -> Any:
        return client.post(url, data, headers={"HX-Request": "true"})

    return post


@pytest.fixture(autouse=True)
def _private_files(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture(autouse=True)
def _no_registry_in_memory() -> None:
    """What was compared in another test is of another database."""
    from tinhgon.apps.matching.queries.snapshot import forget

    forget()


@pytest.fixture
def march_2024() -> Iterator[datetime]:
    """The day after the demo letter: Wednesday 27/3/2024, 9 in the morning."""
    at = datetime(2024, 3, 27, 9, tzinfo=VIETNAM)
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture
def june_2024() -> Iterator[datetime]:
    """Thursday 20/6/2024, 9 in the morning: some work done, some late."""
    at = datetime(2024, 6, 20, 9, tzinfo=VIETNAM)
    with time_machine.travel(at, tick=False):
        yield at


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents beside the project; tests that need it skip without."""
    import os

    folder = Path(os.environ.get("TINHGON_SHARED", Path(__file__).parents[2] / "shared"))
    if not (folder / "corpus").is_dir():
        pytest.skip(f"no real documents at {folder}: set TINHGON_SHARED to measure on them")
    return folder
