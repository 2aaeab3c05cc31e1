"""E-mails to who follows a list, as plain data: what is followed, and the words."""

from dataclasses import dataclass


class ListNotUnderstood(Exception):
    """What is followed is no list any more: a place or provision in it is no longer published."""


@dataclass(frozen=True, slots=True)
class Following:
    """What is followed: the parameters of a list, in which language. `secret` stands in the links of the e-mail."""

    query: str
    language: str
    secret: str


@dataclass(frozen=True, slots=True)
class Letter:
    """The words of an e-mail. `leave` is where one click stops it, "" while nothing runs yet."""

    subject: str
    text: str
    leave: str = ""
