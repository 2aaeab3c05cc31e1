"""Settings that say half of something: told when the system is checked, before somebody waits for an e-mail."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning as Told


def check_incomplete_settings(**_kwargs: Any) -> list[CheckMessage]:
    """Name what following by e-mail still needs where a mail server is set."""
    if not settings.SERVES_DESK or not settings.EMAIL:
        return []
    missing = [name for name in ("DEFAULT_FROM_EMAIL", "SITE_URL") if not getattr(settings, name)]
    if not missing:
        return []
    names = " and ".join(missing)
    return [
        Told(
            f"EMAIL_URL is set and {names} not: nobody can follow a list by e-mail.",
            hint=f"Set {names}, or take EMAIL_URL out.",
            id="tracker.W001",
        )
    ]
