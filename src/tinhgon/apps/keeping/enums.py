from __future__ import annotations

AUDIT_KINDS = {
    "keeping.backed_up": "Sao lưu",
    "keeping.restored": "Phục hồi từ bản sao lưu",
}

FORMAT = "tinhgon-backup"
FORMAT_VERSION = 1

# Names inside the archive.
MANIFEST = "manifest.json"
FILE_LIST = "files.jsonl"
ROWS = "rows/"
FILES = "files/"
CERTIFICATES = "certificates/"
