"""Runs in a process of its own, as the public site's machine has it: `publish`, `withdraw CODE`, `by_turns CODE TIMES`."""

import sys
import time

import django
from django.db import transaction

django.setup()

from tests.published import samples  # noqa: E402 - it needs the settings


def publish() -> None:
    samples.publish(samples.full_case("22222B"))
    samples.publish(samples.full_case("22222C"))
    samples.publish_site("sizo-1")


def by_turns(code: str, times: int) -> None:
    """Withdraw a case and publish it again; write between which moments it was gone, by the clock of the machine."""
    for _turn in range(times):
        with transaction.atomic():
            samples.withdraw(code)
        gone = time.monotonic()
        time.sleep(0.05)
        sys.stdout.write(f"{gone} {time.monotonic()}\n")
        with transaction.atomic():
            samples.publish(samples.full_case(code))
        time.sleep(0.05)


if __name__ == "__main__":
    command, *rest = sys.argv[1:]
    if command == "by_turns":
        by_turns(rest[0], int(rest[1]))
    else:
        with transaction.atomic():
            if command == "publish":
                publish()
            else:
                samples.withdraw(rest[0])
