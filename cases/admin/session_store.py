"""Sessions whose keys are not in the database: a stolen dump opens none of them."""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from cases.domain.tokens import kept_of


class SessionStore(db.SessionStore):
    """Django's sessions in the database, each under the hash of its key; the key itself is in the cookie alone."""

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(
            session_key=kept_of(self.session_key or ""), expire_date__gt=timezone.now()
        ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_of(session_key))

    def create_model_instance(self, data: Any) -> Any:
        row = super().create_model_instance(data)
        row.session_key = kept_of(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            super().delete(kept_of(key))
