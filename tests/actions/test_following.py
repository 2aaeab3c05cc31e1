"""Following a list by e-mail: what is kept, when it is sent, and that nothing is sent twice or left out."""

import datetime as dt
import re
from collections import Counter
from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPServerDisconnected

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection

from cases.actions.digests import send_digests, send_questions
from cases.actions.following import MOST_WAITING, ask_to_follow, confirm_following, stop_following
from cases.actions.key_rotation import census, rotate
from cases.actions.retention import apply_retention
from cases.domain.sealing import Keyring, new_key
from cases.enums import Frequency
from cases.models import Follower
from cases.views.presentation.letters import digest, question
from tests.documents import case_document, publish

pytestmark = pytest.mark.django_db

READER = "Reader@Example.org"
DAY = dt.date(2026, 11, 20)
NOON = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def later(days, hour=12):
    return NOON.replace(hour=hour) + dt.timedelta(days=days)


@pytest.fixture(autouse=True)
def sending(settings):
    """A site that sends, and a clock that the tests move."""
    settings.FOLLOWS, settings.SITE_URL = True, "https://cases.example.org"
    settings.DEFAULT_FROM_EMAIL = "Case tracker <news@example.org>"
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


def ask(address=READER, query="sex=male", frequency=Frequency.DAILY, on=DAY, language="en"):
    ask_to_follow(address, query=query, language=language, frequency=frequency, on=on)


def secret_in(message):
    return re.search(r"/follow/([\w-]+)/", message.body)[1]


@pytest.fixture
def secret():
    """Somebody who follows the list of men, every day, since 20 November at noon."""
    ask()
    send_questions(mail.get_connection(), question, at=NOON)
    found = secret_in(mail.outbox.pop())
    assert confirm_following(found, at=NOON)
    return found


def send(clock, at, mailbox=None, word=digest):
    clock.move_to(at)
    return send_digests(mailbox or mail.get_connection(), word, at=at)


class Refusing:
    """A mail server that answers every message with one error."""

    def __init__(self, error):
        self.error = error

    def send_messages(self, _messages):
        raise self.error


NO_SUCH = SMTPRecipientsRefused({READER: (550, b"no such user")})


def test_first_comes_a_question_and_nothing_else(sending):
    ask()
    assert send_questions(mail.get_connection(), question, at=NOON) == Counter(sent=1)
    assert send_questions(mail.get_connection(), question, at=NOON) == Counter()
    (message,) = mail.outbox
    assert (message.to, message.subject) == ([READER], "Case tracker: do you want these e-mails?")
    assert "Sex: Male\nhttps://cases.example.org/en/cases/?sex=male" in message.body
    publish(case_document(), at=later(1, hour=9))
    assert send(sending, later(2)) == Counter()
    assert len(mail.outbox) == 1


def test_what_is_kept_is_sealed_and_nobody_is_found_by_their_address_alone(secret):
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cases_follower")
        stored = str(cursor.fetchall())
    assert READER.lower() not in stored.lower()
    assert secret not in stored
    assert {field.name for field in Follower._meta.get_fields()} == {
        *("id", "address", "address_lookup", "secret", "token", "query", "language", "frequency", "asked_on"),
        *("is_asked_to_confirm", "confirmed_on", "covered_until", "due_on", "refusals"),
    }


def test_a_digest_names_what_changed_and_can_be_stopped_by_one_click(secret, sending):
    publish(case_document(), at=later(0, hour=15))
    publish(case_document(code="ANNE22", slug="other", sex="female"), at=later(0, hour=15))
    assert send(sending, later(1)) == Counter(sent=1)
    (message,) = mail.outbox
    leave = f"https://cases.example.org/en/follow/{secret}/leave/"
    assert message.subject == "Case tracker: 1 case"
    assert "Invented Person: first published\n" in message.body
    assert "https://cases.example.org/en/cases/K7Q4M2/invented-person/" in message.body
    assert "ANNE22" not in message.body
    assert leave in message.body
    sent = message.message()
    assert sent["List-Unsubscribe"] == f"<{leave}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["Auto-Submitted"] == "auto-generated"
    assert sent["Message-ID"].endswith("@example.org>")
    assert sent.get_content_type() == "text/plain"


def test_a_digest_speaks_the_language_in_which_it_was_asked_for(sending):
    ask(language="uk")
    send_questions(mail.get_connection(), question, at=NOON)
    confirm_following(secret_in(mail.outbox.pop()), at=NOON)
    publish(case_document(), at=later(0, hour=15))
    send(sending, later(1))
    assert "Вигадана Особа: опубліковано вперше" in mail.outbox[0].body
    assert "https://cases.example.org/uk/cases/?sex=male" in mail.outbox[0].body


def test_nothing_is_sent_where_nothing_changed_and_each_change_is_told_once(secret, sending):
    assert send(sending, later(1)) == Counter({"nothing new": 1})
    publish(case_document(), at=later(1, hour=14))
    assert send(sending, later(1, hour=16)) == Counter()  # not due again today
    assert send(sending, later(2)) == Counter(sent=1)
    assert send(sending, later(3)) == Counter({"nothing new": 1})


def test_once_a_week_is_once_a_week(sending):
    ask(frequency=Frequency.WEEKLY)
    send_questions(mail.get_connection(), question, at=NOON)
    confirm_following(secret_in(mail.outbox.pop()), at=NOON)
    publish(case_document(), at=later(1))
    outcomes = [send(sending, later(days)) for days in (1, 6, 7, 8, 14)]
    assert outcomes == [{}, {}, {"sent": 1}, {}, {"nothing new": 1}]


def test_what_is_published_while_it_runs_is_told_next_time(secret, sending):
    publish(case_document(), at=later(1) - dt.timedelta(minutes=5))
    assert send(sending, later(1)) == Counter({"nothing new": 1})
    assert send(sending, later(2)) == Counter(sent=1)


def test_a_withdrawn_case_is_in_no_digest(secret, sending):
    publish(case_document(), at=later(0, hour=15), show_until=DAY)
    assert send(sending, later(1)) == Counter({"nothing new": 1})


class Killed(BaseException):
    """The process ends here."""


@pytest.mark.parametrize("is_before", [True, False])
def test_killed_around_the_sending_it_sends_nothing_twice_and_leaves_nothing_out(secret, sending, is_before):
    class Dying:
        def send_messages(self, messages):
            if not is_before:
                mail.outbox += messages
            raise Killed

    publish(case_document(), at=later(0, hour=15))
    with pytest.raises(Killed):
        send(sending, later(1), Dying())
    assert send(sending, later(1, hour=14)) == Counter()  # perhaps it went out
    publish(case_document(code="LATER2", slug="later"), at=later(1, hour=15))
    assert send(sending, later(2)) == Counter(sent=1)
    assert len(mail.outbox) == (1 if is_before else 2)
    assert "K7Q4M2" in mail.outbox[-1].body
    assert "LATER2" in mail.outbox[-1].body


def test_two_runs_at_once_send_one(secret, sending):
    publish(case_document(), at=later(0, hour=15))

    def meanwhile(*asked):
        assert send(sending, later(1)) == Counter()
        return digest(*asked)

    assert send(sending, later(1), word=meanwhile) == Counter(sent=1)
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("error", [SMTPServerDisconnected("gone"), ConnectionRefusedError("down")])
def test_a_server_that_is_away_puts_everything_off_to_the_next_run(secret, sending, error):
    publish(case_document(), at=later(0, hour=15))
    assert send(sending, later(1), Refusing(error)) == Counter({"put off": 1})
    assert send(sending, later(1)) == Counter(sent=1)


def test_an_address_that_is_away_for_now_is_tried_in_the_next_run(secret, sending):
    publish(case_document(), at=later(0, hour=15))
    assert send(sending, later(1), Refusing(SMTPRecipientsRefused({READER: (450, b"later")}))) == Counter(
        {"put off": 1}
    )
    assert send(sending, later(1)) == Counter(sent=1)


def test_a_text_that_is_refused_waits_for_the_next_day_and_holds_nobody_else_up(secret, sending):
    publish(case_document(), at=later(0, hour=15))
    assert send(sending, later(1), Refusing(SMTPDataError(554, b"spam"))) == Counter(failed=1)
    assert send(sending, later(1)) == Counter()
    assert send(sending, later(2)) == Counter(sent=1)


def test_an_address_that_does_not_exist_is_forgotten_after_the_third_time(secret, sending):
    publish(case_document(), at=later(0, hour=15))
    assert [send(sending, later(days), Refusing(NO_SUCH)) for days in (1, 2)] == [Counter(refused=1)] * 2
    assert Follower.objects.count() == 1
    assert send(sending, later(3), Refusing(NO_SUCH)) == Counter(refused=1)
    assert Follower.objects.count() == 0


def test_a_question_to_an_address_that_does_not_exist_forgets_it_at_once(sending):
    ask()
    assert send_questions(Refusing(NO_SUCH), question, at=NOON) == Counter(refused=1)
    assert Follower.objects.count() == 0


def test_a_list_that_is_none_any_more_is_told_and_sends_nothing(sending):
    ask(query="site=closed-since")
    Follower.objects.update(confirmed_on=DAY, covered_until=NOON, due_on=DAY)
    assert send(sending, later(1)) == Counter({"not understood": 1})
    assert mail.outbox == []


def test_nobody_is_written_to_more_than_a_few_times_a_day_however_often_the_address_is_typed(sending):
    for number in range(10):
        ask(query=f"q=a{number}")
        ask(address=READER.upper(), query=f"q=a{number}")
    assert send_questions(mail.get_connection(), question, at=NOON) == Counter(sent=MOST_WAITING)
    ask(query="q=a1", on=DAY + dt.timedelta(days=1))
    assert send_questions(mail.get_connection(), question, at=later(1)) == Counter(sent=1)


def test_asking_again_for_what_one_has_changes_nothing(secret):
    ask(frequency=Frequency.WEEKLY)
    assert list(Follower.objects.values_list("frequency", flat=True)) == ["daily"]
    assert send_questions(mail.get_connection(), question, at=NOON) == Counter()


def test_a_link_is_good_for_three_days_and_then_the_address_is_deleted(sending):
    ask()
    send_questions(mail.get_connection(), question, at=NOON)
    found = secret_in(mail.outbox.pop())
    assert not confirm_following(found, at=later(4))
    assert apply_retention(at=later(3))["followers"] == 0
    assert apply_retention(at=later(4))["followers"] == 1
    assert Follower.objects.count() == 0


def test_who_leaves_is_deleted_and_may_leave_again(secret):
    stop_following(secret)
    stop_following(secret)
    assert Follower.objects.count() == 0
    assert not confirm_following(secret, at=NOON)


def test_a_new_key_reseals_addresses_and_finds_them_still(secret, settings):
    settings.SEALING_KEYS = [new_key(), *settings.SEALING_KEYS]
    rotate()
    assert set(census()) == {Keyring(settings.SEALING_KEYS).primary.id}
    settings.SEALING_KEYS = settings.SEALING_KEYS[:1]
    ask()
    assert Follower.objects.count() == 1


def test_the_command_says_what_to_set(settings):
    settings.FOLLOWS = False
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_digests")


def test_the_command_sends_questions_and_digests(secret, sending, capsys):
    ask(address="other@example.org")
    publish(case_document(), at=later(0, hour=15))
    sending.move_to(later(1))
    call_command("send_digests")
    assert capsys.readouterr().out == "questions: 1 sent\ndigests: 1 sent\n"
    assert [message.to for message in mail.outbox] == [["other@example.org"], [READER]]
