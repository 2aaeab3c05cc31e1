"""What a page of the library needs to look like one of the desk."""

import json
from typing import Any

from cases.admin.site import desk


class DeskPage:
    """Adds what every page of the desk shows, and the title, to a class-based view."""

    title: Any = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = super().get_context_data(**kwargs)  # type: ignore[misc]  # the view beside it
        if "js_data" in found:
            found["passkey_options"] = json.dumps(next(iter(found["js_data"].values())), default=str)
        return {**desk.each_context(self.request), "title": self.title, **found}  # type: ignore[attr-defined]
