"""What is said in the language of the reader, looked up once a process: a page says hundreds of things."""

from functools import lru_cache

from django.utils import translation


def gettext(message: str) -> str:
    """Return a message in the active language, as Django's function of this name does."""
    return _said(message, translation.get_language())


@lru_cache(maxsize=20_000)
def _said(message: str, _language: str | None) -> str:
    return translation.gettext(message)
