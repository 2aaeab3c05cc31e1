"""What may stand in an address. Anything else is no address of ours: NUL bytes and junk end as 404."""

from functools import cache

from django.urls import register_converter


class _Text:
    regex = ""

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Code(_Text):
    """The public code of a case."""

    regex = "[2-9A-Z]{6,12}"


class Slug(_Text):
    regex = "[a-z0-9-]{1,120}"


class Sha256(_Text):
    regex = "[0-9a-f]{64}"


class FileName(_Text):
    regex = r"[A-Za-z0-9-]{1,50}\.[a-z]{2,8}"


class Version:
    """The number of a published version, at most six digits."""

    regex = r"[1-9][0-9]{0,5}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


@cache
def register() -> None:
    """Make the converters known to `django.urls.path`, once."""
    for converter, name in (
        (Code, "code"),
        (Slug, "name"),
        (Sha256, "sha256"),
        (FileName, "file"),
        (Version, "version"),
    ):
        register_converter(converter, name)
