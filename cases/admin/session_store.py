"""Sessions of which a stolen dump opens none and tells nothing: their keys are not in the database, they are sealed.

A session holds more than who is there: messages that name records, the secret of an app that is being added.
"""

from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

from cases.actions.sessions import session_place
from cases.domain.sealing import SealingError
from cases.domain.tokens import kept_of
from cases.sealed import keyring


class SessionStore(db.SessionStore):
    """Django's sessions in the database, each under the hash of its key; the key itself is in the cookie alone."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        return keyring().seal(self.serializer().dumps(session_dict).decode(), self._place())

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """Return what is in a session; nothing, which signs out, where its key is gone or somebody wrote it by SQL."""
        kept = session_data if isinstance(session_data, str) else session_data.decode()
        try:
            found: dict[str, Any] = self.serializer().loads(keyring().open(kept, self._place()).encode())
        except SealingError:
            return {}
        return found

    def _place(self) -> str:
        return session_place(kept_of(self.session_key or ""))

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
