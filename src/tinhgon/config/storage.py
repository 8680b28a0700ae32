"""Where stored files go: a folder beside the data, or a bucket that speaks the protocol of S3."""

from __future__ import annotations

from importlib.util import find_spec
from typing import Any

from . import env


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
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "access_key": env.text("TINHGON_S3_KEY"),
            "secret_key": env.text("TINHGON_S3_SECRET"),
            "endpoint_url": env.text("TINHGON_S3_URL", "") or None,
            "region_name": env.text("TINHGON_S3_REGION", "") or None,
            "location": env.text("TINHGON_S3_PREFIX", "tinhgon"),
            "addressing_style": "path",  # what most servers other than Amazon's understand
            "default_acl": None,
            "file_overwrite": False,
            "querystring_auth": True,
        },
    }
