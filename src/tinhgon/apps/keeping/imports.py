"""Reading the archive of a backup: nothing of it is believed before it has been checked."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import models

from tinhgon.apps.audit import queries as trail
from tinhgon.apps.audit.models import Chain, Event
from tinhgon.common.refusal import Refused

from . import sources
from .enums import CERTIFICATES, FILE_LIST, FILES, FORMAT, FORMAT_VERSION, MANIFEST, ROWS

# zipfile raises NotImplementedError for a packing or a version that it does not know.
M = TypeVar("M", bound=models.Model)

_CHUNK = 1024 * 1024
_LONGEST_LINE = 256 * 1024 * 1024
_LARGEST_MANIFEST = 64 * 1024 * 1024
_PLAIN_PATH = re.compile(r"[\w-][\w.-]*(/[\w-][\w.-]*)*", re.ASCII)


class ArchiveRefused(Refused):
    """The file is no backup that can be restored here; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Listed:
    """
    A file in the archive: the name of its entry, its size and digest; of a certificate also what
    it is called in its folder.
    """

    name: str
    size: int
    sha256: str
    called: str = ""


class Archive:
    """An archive that was read to its end once, and whose every digest was right."""

    def __init__(self, path: Path) -> None:
        """
        Open and check it.

        :raises ArchiveRefused: if it is damaged, partial, foreign, or made by a newer version.
        """
        try:
            self._zip = zipfile.ZipFile(path)
        except FileNotFoundError:
            raise ArchiveRefused(f"Không có tệp {path}.") from None
        except IsADirectoryError:
            raise ArchiveRefused(f"{path} là thư mục, không phải tệp sao lưu.") from None
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise ArchiveRefused(
                f"{path.name} không phải bản sao lưu của Tinh Gọn, hoặc chưa chép hết: thiếu phần "
                "cuối của tệp. Chép lại từ nơi lưu rồi thử lại."
            ) from None
        try:
            self.manifest = self._read_manifest()
            self.files = self._read_file_list()
            self._check_names()
            self._check_contents()
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as e:
            raise _damaged(str(e)) from None
        except OSError as e:
            raise _damaged(f"không đọc được ({e.strerror or e})") from None
        except (KeyError, TypeError, ValueError) as e:
            raise _damaged(f"phần kê không đúng mẫu ({e})") from None

    def close(self) -> None:
        self._zip.close()

    def check_fits(self) -> None:
        """
        Check that its tables are those of this version of the software.

        :raises ArchiveRefused: if another version made it.
        """
        here = sources.shipped_migrations()
        theirs, ours = ({tuple(m) for m in each} for each in (self.manifest["migrations"], here))
        made_by = self.manifest["software"]
        if newer := sorted(theirs - ours):
            raise ArchiveRefused(
                f"Bản sao lưu do phiên bản mới hơn tạo ({made_by}; bước {'.'.join(newer[0])} "
                "chưa có ở đây). Nâng cấp phần mềm lên phiên bản đó rồi phục hồi."
            )
        if older := sorted(ours - theirs):
            raise ArchiveRefused(
                f"Bản sao lưu do phiên bản cũ hơn tạo ({made_by}; chưa có bước "
                f"{'.'.join(older[0])}). Cài phiên bản đó vào một thư mục dữ liệu trống, "
                "phục hồi, rồi nâng cấp."
            )
        wanted = {model._meta.db_table: sources.columns(model) for model in sources.tables()}
        found = {table["name"]: table["columns"] for table in self.manifest["tables"]}
        if found != wanted:
            raise _damaged("các bảng không khớp với phiên bản ghi trong tệp")

    def check_trail(self) -> None:
        """
        Walk along the trail and hold it to the seal that was taken when the backup was made.

        :raises ArchiveRefused: if a row of it was changed, is missing or was added.
        """
        end = next(self._records(Chain), Chain())
        found = trail.walk(self._records(Event), end=lambda: end, seal=self.manifest["seal"])
        if found.problems:
            raise ArchiveRefused(
                f"Nhật ký trong bản sao lưu không toàn vẹn: {found.problems[0]}. "
                "Không phục hồi gì. Dùng bản sao lưu khác."
            )

    def lines(self, table: str) -> Iterator[bytes]:
        """Yield the rows of a table, in the order in which they were written."""
        with self._zip.open(f"{ROWS}{table}.jsonl") as content:
            yield from _lines(content)

    def _records(self, model: type[M]) -> Iterator[M]:
        names = [field.attname for field in model._meta.concrete_fields]
        for line in self.lines(model._meta.db_table):
            try:
                values = sources.values(model, line)
            except (ValueError, ValidationError) as e:
                raise _damaged(f"bảng {model._meta.db_table} ({e})") from None
            yield model(**dict(zip(names, values, strict=True)))

    def open(self, name: str) -> IO[bytes]:
        """Open a file of the archive by the name of its entry."""
        return self._zip.open(name)

    def _read_manifest(self) -> dict[str, Any]:
        if MANIFEST not in self._zip.namelist():
            raise ArchiveRefused("Tệp này không phải bản sao lưu của Tinh Gọn: thiếu phần kê.")
        if self._zip.getinfo(MANIFEST).file_size > _LARGEST_MANIFEST:
            raise _damaged("phần kê quá lớn")
        manifest = json.loads(self._zip.read(MANIFEST))
        if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
            raise ArchiveRefused("Tệp này không phải bản sao lưu của Tinh Gọn.")
        if manifest["format_version"] > FORMAT_VERSION:
            raise ArchiveRefused(
                f"Bản sao lưu do phiên bản mới hơn tạo ({manifest['software']}). "
                "Nâng cấp phần mềm rồi phục hồi."
            )
        return manifest

    def _read_file_list(self) -> list[Listed]:
        if self.manifest["files"] is None:
            return []
        text = self._zip.read(FILE_LIST)
        if hashlib.sha256(text).hexdigest() != self.manifest["files"]["sha256"]:
            raise _damaged(FILE_LIST)
        return [Listed(**json.loads(line)) for line in text.splitlines()]

    def _check_names(self) -> None:
        """What is there is what the manifest tells, once each, and nowhere outside."""
        names = self._zip.namelist()
        for name in names:
            if not _PLAIN_PATH.fullmatch(name) or ".." in name.split("/"):
                raise ArchiveRefused(
                    f"Bản sao lưu có tên tệp trỏ ra ngoài ({name!r}): không do Tinh Gọn tạo ra. "
                    "Không phục hồi gì."
                )
        told = [MANIFEST, *(f"{ROWS}{table['name']}.jsonl" for table in self.manifest["tables"])]
        if self.manifest["files"] is not None:
            told += [FILE_LIST, *(each.name for each in self.files)]
        for each in self.files:
            if not each.name.startswith((FILES, CERTIFICATES)):
                raise _damaged(each.name)
            if each.name.startswith(CERTIFICATES) and not _is_name(each.called):
                raise _damaged(f"tên chứng thư {each.called!r}")
        if sorted(names) != sorted(told):
            odd = sorted(set(names) ^ set(told)) or ["trùng tên"]
            raise _damaged(f"thừa hoặc thiếu {odd[0]}")

    def _check_contents(self) -> None:
        for table in self.manifest["tables"]:
            digest, rows = hashlib.sha256(), 0
            for line in self.lines(table["name"]):
                digest.update(line)
                rows += 1
            if digest.hexdigest() != table["sha256"] or rows != table["rows"]:
                raise _damaged(f"bảng {table['name']}")
        for each in self.files:
            digest, size = hashlib.sha256(), 0
            with self.open(each.name) as content:
                while chunk := content.read(_CHUNK):
                    digest.update(chunk)
                    size += len(chunk)
            if digest.hexdigest() != each.sha256 or size != each.size:
                raise _damaged(each.name)


def _is_name(called: str) -> bool:
    """Return whether this is a file's name, of any letters, that leads nowhere else."""
    return called not in {"", ".", ".."} and not set(called) & set("/\\\0")


def _lines(content: IO[bytes]) -> Iterator[bytes]:
    while line := content.readline(_LONGEST_LINE):
        if not line.endswith(b"\n"):
            raise _damaged("một dòng quá dài hoặc bị cắt")
        yield line


def _damaged(what: str) -> ArchiveRefused:
    return ArchiveRefused(
        f"Bản sao lưu bị hỏng hoặc đã bị sửa: {what}. Không phục hồi gì. Dùng bản sao lưu khác."
    )
