"""Messages to partners' programs: the specification's own example, and what a receiver may rely on."""

import base64
import datetime as dt
import json

import pytest

from cases.domain.webhook_messages import body_of, headers_of, new_message_id, new_secret, wait_after

AT = dt.datetime(2021, 2, 25, 15, 2, 10, tzinfo=dt.UTC)


def test_a_message_is_signed_as_the_specification_signs_its_example():
    found = headers_of(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", b'{"test": 2432232314}', at=AT
    )
    assert found["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert (found["webhook-id"], found["webhook-timestamp"]) == ("msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330")


def test_a_body_names_its_kind_its_time_and_what_it_is_about():
    assert json.loads(body_of("case.withdrawn", {"code": "K7Q4M2"}, at=AT)) == {
        "type": "case.withdrawn",
        "timestamp": "2021-02-25T15:02:10.000Z",
        "data": {"code": "K7Q4M2"},
    }


def test_secrets_and_identifiers_are_random():
    assert len(base64.b64decode(new_secret().removeprefix("whsec_"))) == 32
    assert len({new_secret(), new_secret(), new_message_id(), new_message_id()}) == 4


def test_what_is_no_secret_signs_nothing():
    with pytest.raises(ValueError, match="begins with whsec_"):
        headers_of("secret", "msg_1", b"", at=AT)


def test_each_try_waits_longer_up_to_two_hours():
    assert [int(wait_after(tries).total_seconds() // 60) for tries in range(1, 7)] == [1, 5, 30, 120, 120, 120]
