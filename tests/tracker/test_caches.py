"""Which cache is where, as a process of its own reads its settings."""

from pathlib import Path

from tests.settings import OURS
from tests.tracker.test_env import KEY, setting

REDIS = "redis://127.0.0.1:6379/0"


def test_pages_and_their_parts_lie_in_the_process_alone_though_counts_are_in_redis(tmp_path: Path) -> None:
    keys = {name: OURS[name] for name in ("SEALING_KEYS", "AUDIT_KEY")}
    given = {"SECRET_KEY": KEY, "VAR_DIR": str(tmp_path), "CACHE_URL": REDIS, "PAGES_KEPT": "7", **keys}
    kinds = "CACHES and [(name, one['BACKEND'].split('.')[1]) for name, one in sorted(settings.CACHES.items())]"
    assert setting(kinds, **given) == (
        "[('default', 'core'), ('pages', 'memory_cache'), ('parts', 'memory_cache'), ('shared', 'redis_cache')]"
    )
    assert setting("CACHES['pages']['OPTIONS']['MAX_ENTRIES']", **given) == "7"
