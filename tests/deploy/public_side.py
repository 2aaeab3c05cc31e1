"""Runs in a process of its own, as the public site's machine has it: `publish`, `withdraw CODE`."""

import sys

import django
from django.db import transaction

django.setup()

from tests.published import samples  # noqa: E402 - it needs the settings


def publish() -> None:
    samples.publish(samples.full_case("22222B"))
    samples.publish(samples.full_case("22222C"))
    samples.publish_site("sizo-1")


if __name__ == "__main__":
    with transaction.atomic():
        if sys.argv[1] == "publish":
            publish()
        else:
            samples.withdraw(sys.argv[2])
