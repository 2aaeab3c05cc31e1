"""The door for a WSGI server."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from tracker.patience import let_no_reader_wait_for_ever

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")
application = get_wsgi_application()
if settings.TRACKER_SITE != "desk":
    let_no_reader_wait_for_ever()
