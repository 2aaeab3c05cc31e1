"""Keys of the shared cache, hashed: they are made of addresses and account names, and the cache is a table."""

from django.utils.crypto import salted_hmac


def hashed(key: str, key_prefix: str, version: int) -> str:
    """Return what stands in the table for `key`."""
    return salted_hmac("tracker.cache_keys", f"{key_prefix}:{version}:{key}", algorithm="sha256").hexdigest()
