"""Public addresses that belong to no language."""

from django.urls import path

from cases.published import converters
from cases.views import neutral, photos

converters.register()

urlpatterns = [
    path("photos/<sha256:sha256>.jpg", photos.photo, name="photo"),
    path("robots.txt", neutral.robots, name="robots"),
    path(".well-known/security.txt", neutral.security, name="security"),
]
