"""For how long caches in front may show a page."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from cases.views.freshness import cache_control


def test_a_page_that_was_being_made_while_midnight_passed_is_not_shown_without_asking(
    settings: Any,
) -> None:
    settings.CACHE_PURGE_URLS = ["http://cache.internal:6081/"]
    yesterday = timezone.localdate() - timedelta(days=1)
    assert cache_control(yesterday) == "public, max-age=0, must-revalidate, s-maxage=0"
