"""Objects by obstore: a local folder, or S3, GCS and Azure by the form of the URL."""

from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import obstore
from interview.errors import NotFound, Unavailable
from obstore.exceptions import BaseError
from obstore.store import LocalStore, ObjectStore, from_url


class ObstoreObjects:
    """Sealed blobs by key, under one URL, e.g. `file:///var/lib/vivavoce` or `s3://bucket/x`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme == "file":
            folder = Path(url2pathname(parts.path))
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._store: ObjectStore = LocalStore(folder, mkdir=True)
        else:
            self._store = from_url(url)

    async def put(self, key: str, sealed: bytes) -> None:
        """Raises `Unavailable`."""
        try:
            await obstore.put_async(self._store, key, sealed)
        except (BaseError, OSError) as error:
            raise Unavailable from error

    async def get(self, key: str) -> bytes:
        """Raises `NotFound`, `Unavailable`."""
        try:
            found = await obstore.get_async(self._store, key)
            return bytes(await found.bytes_async())
        except FileNotFoundError as error:
            raise NotFound("This part of the recording is not there any more.") from error
        except (BaseError, OSError) as error:
            raise Unavailable from error
