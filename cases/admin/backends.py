"""Who can sign in: active staff with a password. To anybody else the answer is that of a wrong password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend


class DeskBackend(ModelBackend):
    """Django's accounts; one that is closed or is not staff cannot sign in, and its open sessions end."""

    def user_can_authenticate(self, user: Any) -> bool:
        return bool(super().user_can_authenticate(user) and user.is_staff)
