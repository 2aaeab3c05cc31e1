"""The addresses of following by e-mail, below the language."""

from django.urls import path

from cases.admin import follow

urlpatterns = [
    path("", follow.follow, name="follow"),
    path("asked/", follow.asked, name="follow-asked"),
    path("<str:secret>/confirm/", follow.confirm, name="follow-confirm"),
    path("<str:secret>/leave/", follow.leave, name="follow-leave"),
]
