"""Where stored files go: a folder beside the data, or a bucket that speaks the protocol of S3."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from . import env

# What the client of a bucket raises; none of it is an OSError.
_ERRORS = (
    "botocore.exceptions.BotoCoreError",
    "botocore.exceptions.ClientError",
    "boto3.exceptions.Boto3Error",
    "s3transfer.exceptions.RetriesExceededError",
)


def _patience() -> Any:
    """
    Return how the client of a bucket goes about it: who waits for a page waits for it, too.

    Path-style addresses are what most servers other than Amazon's understand.
    """
    config = import_module("botocore.config")
    return config.Config(
        connect_timeout=5,
        read_timeout=30,
        retries={"max_attempts": 2},
        s3={"addressing_style": "path"},
    )


def stored_files() -> dict[str, Any]:
    """
    Return Django's settings for the storage of files, by TINHGON_S3_BUCKET.

    Nobody reads the bucket but this server, which hands each file out itself after asking whether
    the person may have it: so the bucket stays closed, and no address of it is ever shown.

    :raises SettingMissing: if the bucket is named and the keys or the package for it are missing.
    """
    bucket = env.text("TINHGON_S3_BUCKET", "")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise env.SettingMissing(
            "TINHGON_S3_BUCKET cần thêm các gói trong requirements/s3.txt: chạy make s3. "
            "Xem docs/cai-dat.md."
        )
    return {
        "BACKEND": "tinhgon.common.storage.TellingStorage",
        "OPTIONS": {
            "backend": "storages.backends.s3.S3Storage",
            "errors": _ERRORS,
            "bucket_name": bucket,
            "access_key": env.text("TINHGON_S3_KEY"),
            "secret_key": env.text("TINHGON_S3_SECRET"),
            "endpoint_url": env.text("TINHGON_S3_URL", "") or None,
            "region_name": env.text("TINHGON_S3_REGION", "") or None,
            "location": env.text("TINHGON_S3_PREFIX", "tinhgon"),
            "client_config": _patience(),
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
