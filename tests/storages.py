"""A bucket that can be made to fail as the client of one does: not with an OSError."""

from __future__ import annotations

import io
from typing import Any, ClassVar

import pytest
from django.core.files.base import File
from django.core.files.storage import InMemoryStorage


class Unanswered(Exception):
    """What the client of the bucket raises."""


class _Lazy(File[Any]):
    """A file that is fetched when it is first read, as that of a bucket."""

    def __init__(self, content: File[Any], name: str) -> None:
        self._whole, self.name, self.mode = content.read(), name, "rb"
        self._fetched: io.BytesIO | None = None

    @property
    def file(self) -> Any:  # type: ignore[override]
        Bucket.ask("read")
        self._fetched = self._fetched or io.BytesIO(self._whole)
        return self._fetched


class Bucket(InMemoryStorage):
    """Holds files in memory; `down` names what it does not do: "save", "open", "read" …"""

    down: ClassVar[set[str]] = set()

    @classmethod
    def ask(cls, deed: str) -> None:
        if deed in cls.down:
            raise Unanswered("Could not connect to the endpoint URL")

    def _open(self, name: str, mode: str = "rb") -> Any:
        self.ask("open")
        inner: Any = super()
        return _Lazy(inner._open(name, mode), name)

    def _save(self, name: str, content: Any) -> str:
        self.ask("save")
        inner: Any = super()
        return str(inner._save(name, content))

    def delete(self, name: str) -> None:
        self.ask("delete")
        super().delete(name)

    def exists(self, name: str) -> bool:
        self.ask("exists")
        return super().exists(name)

    def listdir(self, path: str) -> Any:
        self.ask("list")
        return super().listdir(path)


def use_bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Keep files in a bucket during this test; what is put into the answer fails from then on."""
    down: set[str] = set()
    monkeypatch.setattr(Bucket, "down", down)
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "tinhgon.common.storage.TellingStorage",
            "OPTIONS": {
                "backend": "tests.storages.Bucket",
                "errors": ("tests.storages.Unanswered",),
            },
        },
    }
    return down
