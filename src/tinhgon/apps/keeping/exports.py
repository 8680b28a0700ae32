"""Writing the archive of a backup: a zip of lines, files and a manifest with every digest."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from collections.abc import Iterable
from datetime import datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import Storage
from django.db import connection

from tinhgon.apps.audit import queries as audit
from tinhgon.apps.files.models import StoredFile

from . import sources
from .enums import (
    CERTIFICATES,
    FILE_LIST,
    FILES,
    FORMAT,
    FORMAT_VERSION,
    MANIFEST,
    ROWS,
)

PART = ".part"  # behind the name of what is not whole yet

_CHUNK = 1024 * 1024
_LEVEL = 4  # of packing: twice as fast as the usual 6, a twentieth larger
_NO_FILES: dict[str, Any] = {"files": None, "damaged": [], "left_out": []}


def write_archive(path: Path, *, at: datetime, with_files: bool = True) -> dict[str, Any]:
    """
    Write everything there is at this moment to `path`, and return the manifest.

    The file appears under its name when it is whole; before, it ends in ".part". Without files it
    holds the database alone. Files that are gone or changed on disk are named in `damaged`, what
    lies among the certificates and is none in `left_out`: a private key belongs in no backup.
    """
    part = path.with_name(f"{path.name}{PART}")
    part.touch(mode=0o600)
    try:
        with part.open("wb") as raw, zipfile.ZipFile(raw, "w", allowZip64=True) as archive:
            with sources.snapshot():
                manifest = _manifest(at=at)
                manifest["tables"] = [_table(archive, model) for model in sources.tables()]
                manifest |= _files(archive) if with_files else _NO_FILES
            text = json.dumps(manifest, ensure_ascii=False, indent=1)
            archive.writestr(_entry(MANIFEST), text.encode())
            archive.close()
            raw.flush()
            os.fsync(raw.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return manifest


def _manifest(*, at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "software": version("tinhgon"),
        "database": connection.vendor,
        "made_at": at.isoformat(),
        "seal": audit.current_seal(),
        "migrations": sources.migrations(),
    }


def _table(archive: zipfile.ZipFile, model: sources.Model) -> dict[str, Any]:
    name, digest, rows = model._meta.db_table, hashlib.sha256(), 0
    with archive.open(_entry(f"{ROWS}{name}.jsonl"), "w", force_zip64=True) as out:
        for line in sources.lines(model):
            out.write(line)
            digest.update(line)
            rows += 1
    return {
        "name": name,
        "columns": sources.columns(model),
        "rows": rows,
        "sha256": digest.hexdigest(),
    }


def _files(archive: zipfile.ZipFile) -> dict[str, Any]:
    listed: list[dict[str, Any]] = []
    damaged = []
    storage = StoredFile._meta.get_field("content").storage
    for path, sha256 in _stored():
        kept = _keep(archive, FILES + path, storage, path)
        if kept is None or kept["sha256"] != sha256:
            damaged.append(path)
        listed += [kept] if kept else []
    certificates, left_out = sources.certificates()
    for number, (called, data) in enumerate(certificates.items(), start=1):
        # Whatever it is called on its disk, the name in the archive is one for every system.
        copied = _copy(archive, f"{CERTIFICATES}{number:04}", BytesIO(data))
        listed.append(copied | {"called": called})
    size = sum(each["size"] for each in listed)
    text = b"".join(json.dumps(each).encode() + b"\n" for each in listed)
    archive.writestr(_entry(FILE_LIST), text)
    digest = hashlib.sha256(text).hexdigest()
    return {
        "files": {"count": len(listed), "size": size, "sha256": digest},
        "damaged": damaged,
        "left_out": left_out,
    }


def _stored() -> Iterable[tuple[str, str]]:
    stored = StoredFile.objects.order_by("content")
    return stored.values_list("content", "sha256").distinct().iterator(chunk_size=2_000)


def _keep(
    archive: zipfile.ZipFile, name: str, storage: Storage, path: str
) -> dict[str, Any] | None:
    try:
        content = storage.open(path)
    except FileNotFoundError:
        return None
    with content:
        return _copy(archive, name, content)


def _copy(archive: zipfile.ZipFile, name: str, content: IO[bytes]) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    entry = _entry(name, packed=False)  # documents and pictures are packed already
    with archive.open(entry, "w", force_zip64=True) as out:
        while chunk := content.read(_CHUNK):
            out.write(chunk)
            digest.update(chunk)
            size += len(chunk)
    return {"name": name, "size": size, "sha256": digest.hexdigest()}


def _entry(name: str, *, packed: bool = True) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry._compresslevel = _LEVEL  # type: ignore[attr-defined]
    entry.external_attr = 0o600 << 16
    return entry
