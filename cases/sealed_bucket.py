"""Sealed files in a bucket of S3-compatible storage (`MEDIA_BUCKET`): what arrives there is sealed already.

A file that is removed is removed with all its versions. Loaded only where the setting is used: it needs
deploy/requirements.txt.
"""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.core.files.storage import Storage
from storages.backends.s3 import S3Storage

from cases.domain.sealing import StorageAway, StorageRefused
from cases.sealed_files import SealedStorage

#: What S3 answers where there is no such object.
GONE = frozenset({"404", "NoSuchKey", "NotFound"})
#: How long somebody at the desk waits for a bucket, in seconds: for a connection, for the next bytes, and how often anew.
WITHIN: dict[str, Any] = {
    "connect_timeout": 5,
    "read_timeout": 15,
    "retries": {"mode": "standard", "total_max_attempts": 2},
}


class SealedBucket(SealedStorage):
    """Keeps every file sealed in a bucket. What the bucket refuses, and its absence, is raised as StorageAway."""

    is_folder = False

    def __init__(self, **options: Any) -> None:
        super().__init__()
        self.bucket = S3Storage(
            default_acl=None,
            querystring_auth=True,
            file_overwrite=True,
            client_config=Config(
                signature_version="s3v4",
                s3={"addressing_style": "path" if options.get("endpoint_url") else "auto"},
                **WITHIN,
            ),
            **options,
        )

    @property
    def _client(self) -> Any:
        return self.bucket.connection.meta.client

    def stored(self, name: str) -> bytes:
        with _as_os_errors(name):
            body: bytes = self._client.get_object(Bucket=self.bucket.bucket_name, Key=self._key(name))["Body"].read()
        return body

    def head(self, name: str, size: int) -> bytes:
        with _as_os_errors(name):
            answer = self._client.get_object(
                Bucket=self.bucket.bucket_name, Key=self._key(name), Range=f"bytes=0-{size - 1}"
            )
            body: bytes = answer["Body"].read()
        return body

    def _write(self, name: str, sealed: bytes) -> None:
        """Put the bytes in place: an object is there as a whole or not at all."""
        with _as_os_errors(name):
            self._client.put_object(
                Bucket=self.bucket.bucket_name,
                Key=self._key(name),
                Body=io.BytesIO(sealed),
                ContentType="application/octet-stream",
            )

    def _stored_size(self, name: str) -> int:
        return int(self._about(name)["ContentLength"])

    def exists(self, name: str) -> bool:
        try:
            self._about(name)
        except FileNotFoundError:
            self._see_the_bucket()
            return False
        return True

    def _see_the_bucket(self) -> None:
        """Raise StorageRefused where the bucket is not there: what is asked of its objects says no more than 404 then."""
        with _as_os_errors("the bucket"):
            try:
                self._client.head_bucket(Bucket=self.bucket.bucket_name)
            except ClientError as refusal:
                raise StorageRefused(f"There is no such bucket, or it refuses: {refusal}") from refusal

    def get_modified_time(self, name: str) -> datetime:
        modified: datetime = self._about(name)["LastModified"]
        return modified

    def _about(self, name: str) -> dict[str, Any]:
        with _as_os_errors(name):
            about: dict[str, Any] = self._client.head_object(Bucket=self.bucket.bucket_name, Key=self._key(name))
        return about

    def delete(self, name: str) -> None:
        """Remove a file and all its versions, for good. Raises OSError where one of them could not be removed."""
        self.remove(name)

    def remove(self, name: str) -> bool:
        """Remove a file and all its versions, markers of deletion included, without asking first whether it is there."""
        key, found = self._key(name), False
        with self.alone(), _as_os_errors(name):
            pages = self._client.get_paginator("list_object_versions").paginate(
                Bucket=self.bucket.bucket_name, Prefix=key
            )
            for page in pages:
                for version in (*page.get("Versions", ()), *page.get("DeleteMarkers", ())):
                    if version["Key"] == key:
                        found = True
                        self._client.delete_object(
                            Bucket=self.bucket.bucket_name, Key=key, VersionId=version["VersionId"]
                        )
        return found

    def names(self) -> Iterator[str]:
        with _as_os_errors("the list of files"):
            pages = self._client.get_paginator("list_objects_v2").paginate(Bucket=self.bucket.bucket_name)
            for page in pages:
                for found in page.get("Contents", ()):
                    yield found["Key"]

    def remove_unfinished(self, *, before: float) -> int:  # noqa: ARG002 - a folder needs it
        """Nothing is left behind: what was cut off never became an object."""
        return 0

    def path(self, name: str) -> str:
        return Storage.path(self, name)  # which says that there is none

    @staticmethod
    def _key(name: str) -> str:
        key = Path(name.replace("\\", "/")).as_posix()
        if key.startswith("/") or ".." in Path(key).parts:
            raise ValueError(f"{name!r} is no name of a file of ours.")
        return key


@contextmanager
def _as_os_errors(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as refusal:
        if refusal.response["Error"]["Code"] in GONE:
            raise FileNotFoundError(2, "There is no such file in the bucket", name) from refusal
        raise StorageRefused(f"The bucket refused {name}: {refusal}") from refusal
    except BotoCoreError as problem:
        raise StorageAway(f"The bucket does not answer ({name}): {problem}") from problem
