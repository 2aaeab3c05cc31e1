"""Whatever is done to the chain without its key is found, and named by the number of the entry."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, strategies as st

from cases.domain.audit_chain import BEGINNING, Broken, Fault, Head, Link, digest_of, faults, head_seal, seal_of

KEY = "an invented audit key"
START = datetime(2026, 1, 1, tzinfo=UTC)


def chained(
    payloads: Sequence[Any], actions: dict[int, str] | None = None, *, key: str = KEY
) -> tuple[list[Link], Head]:
    """Return a chain as the program writes it, and its head."""
    links, previous = [], BEGINNING
    for number, payload in enumerate(payloads, start=1):
        salt = f"{number:032}"
        link = Link(
            number=number,
            at=START + timedelta(minutes=number),
            actor_id=number % 3 or None,
            actor_name=f"account{number % 3}",
            action=(actions or {}).get(number, "changed"),
            subject_kind="stay",
            subject_id=number,
            case="7XK2VD",
            payload=payload,
            salt=salt,
            digest=digest_of(payload, salt),
            previous=previous,
            seal="",
        )
        links.append(replace(link, seal=seal_of(link, key)))
        previous = links[-1].seal
    return links, Head(len(links), previous, head_seal(len(links), previous, key))


def chain(length: int) -> tuple[list[Link], Head]:
    return chained([{"fields": {"kind": [None, number]}} for number in range(length)])


def found(links: Sequence[Link], head: Head | None) -> list[Broken]:
    return list(faults(sorted(links, key=lambda link: link.number), KEY, head=head))


@st.composite
def chain_and_place(draw: st.DrawFn) -> tuple[list[Link], Head, int]:
    links, head = chain(draw(st.integers(1, 12)))
    return links, head, draw(st.integers(0, len(links) - 1))


#: A field of an entry, and another value for it.
ALTERATIONS: dict[str, Any] = {
    "at": START - timedelta(days=1),
    "actor_id": 99,
    "actor_name": "somebody else",
    "action": "exported",
    "subject_kind": "prisoner",
    "subject_id": 98,
    "case": "ZZZZZZ",
    "digest": "1" * 64,
    "previous": "2" * 64,
    "seal": "3" * 64,
    "payload": {"fields": {}},
    "salt": "f" * 32,
}


def test_every_field_of_an_entry_is_among_the_alterations() -> None:
    assert {*ALTERATIONS, "number"} == set(Link.__slots__)


@given(st.integers(0, 12))
def test_an_intact_chain_has_no_faults(length: int) -> None:
    assert found(*chain(length)) == []


@given(chain_and_place(), st.sampled_from(sorted(ALTERATIONS)))
def test_an_altered_field_is_named_with_its_entry_and_no_other(
    given_: tuple[list[Link], Head, int], field: str
) -> None:
    links, head, place = given_
    links[place] = replace(links[place], **{field: ALTERATIONS[field]})
    said = {(broken.number, broken.fault) for broken in found(links, head)}
    number = place + 1
    expected = {(number, Fault.PAYLOAD_ALTERED if field in ("payload", "salt") else Fault.ALTERED)}
    if field == "digest":
        expected.add((number, Fault.PAYLOAD_ALTERED))
    assert said == expected


@given(chain_and_place(), st.sampled_from(["altered", b"bytes", 5.5, None, "\ud800", float("nan")]))
def test_what_no_column_should_hold_is_named_and_stops_nothing(
    given_: tuple[list[Link], Head, int], value: Any
) -> None:
    links, head, place = given_
    for field in ("at", "case", "seal", "salt", "payload"):
        broken = [*links]
        broken[place] = replace(links[place], **{field: value})
        assert place + 1 in {one.number for one in found(broken, head)}


@given(st.integers(1, 12), st.data())
def test_removed_entries_are_named_and_no_others(length: int, data: st.DataObject) -> None:
    links, head = chain(length)
    gone = data.draw(st.sets(st.integers(1, length), min_size=1))
    kept = [link for link in links if link.number not in gone]
    said = found(kept, head)
    assert {one.fault for one in said} == {Fault.MISSING}
    assert {number for one in said for number in range(one.number, (one.until or 0) + 1)} == gone


@given(st.integers(2, 12), st.data())
def test_entries_that_changed_places_are_named_with_the_number_they_had(length: int, data: st.DataObject) -> None:
    links, head = chain(length)
    first, second = data.draw(st.lists(st.integers(1, length), min_size=2, max_size=2, unique=True))
    moved = {first: second, second: first}
    swapped = [replace(link, number=moved.get(link.number, link.number)) for link in links]
    said = {(one.number, one.moved_from) for one in found(swapped, head) if one.fault is Fault.REORDERED}
    assert said == {(first, second), (second, first)}


@given(st.integers(3, 12), st.data())
def test_any_new_order_names_each_entry_that_is_out_of_place(length: int, data: st.DataObject) -> None:
    links, head = chain(length)
    order = data.draw(st.permutations(range(1, length + 1)))
    moved = [replace(link, number=order[link.number - 1]) for link in links]
    said = {(one.number, one.moved_from) for one in found(moved, head) if one.fault is Fault.REORDERED}
    assert said == {(order[old - 1], old) for old in range(1, length + 1) if order[old - 1] != old}


@given(chain_and_place(), st.integers(1, 10**15))
def test_an_entry_that_was_given_a_far_number_is_found_there_and_missed_here(
    given_: tuple[list[Link], Head, int], distance: int
) -> None:
    links, head, place = given_
    number, far = place + 1, len(links) + distance
    links[place] = replace(links[place], number=far)
    said = found(links, head)
    assert Broken(far, Fault.REORDERED, moved_from=number) in said
    assert Broken(number, Fault.MISSING, until=number) in said
    assert {one.number for one in said} == {number, far}


@given(chain_and_place())
def test_an_inserted_copy_is_named(given_: tuple[list[Link], Head, int]) -> None:
    links, head, place = given_
    copy = links[place]
    assert Broken(copy.number, Fault.DUPLICATE) in found([*links, copy], head)
    assert found([*links, replace(copy, number=len(links) + 1)], head) == [Broken(len(links) + 1, Fault.ALTERED)]


def test_an_entry_sealed_with_another_key_is_named() -> None:
    links, head = chain(3)
    forged = chained([{}] * 4, key="the attacker's own key")[0][3]
    assert found([*links, replace(forged, previous=links[-1].seal)], head) == [Broken(4, Fault.ALTERED)]


@given(st.integers(2, 12), st.data())
def test_a_cut_tail_is_named_whether_the_head_was_left_altered_or_removed(length: int, data: st.DataObject) -> None:
    links, head = chain(length)
    left = data.draw(st.integers(1, length - 1))
    kept = links[:left]
    assert found(kept, head) == [Broken(left + 1, Fault.MISSING, until=length)]
    assert found(kept, Head(left, kept[-1].seal, head.seal)) == [Broken(left, Fault.HEAD_ALTERED)]
    assert found(kept, None) == [Broken(left, Fault.HEAD_MISSING)]


def test_everything_removed_is_named_from_the_head() -> None:
    _links, head = chain(3)
    assert found([], head) == [Broken(1, Fault.MISSING, until=3)]


def test_the_head_of_an_old_dump_before_a_chain_that_went_on_is_named() -> None:
    links, _head = chain(5)
    old = Head(3, links[2].seal, head_seal(3, links[2].seal, KEY))
    assert found(links, old) == [Broken(3, Fault.HEAD_BEHIND)]


def test_entries_of_two_histories_under_one_key_are_told_apart_where_they_meet() -> None:
    mine, _head = chained([{"fields": {}}] * 6)
    theirs, head = chained([{"fields": {"other": number}} for number in range(6)])
    assert found([*mine[:4], *theirs[4:]], head) == [Broken(5, Fault.OTHER_HISTORY)]
    assert found(mine, head) == [Broken(6, Fault.HEAD_OTHER)]


@given(st.integers(1, 10), st.data())
def test_erased_payloads_are_covered_by_the_entry_that_says_so_and_by_nothing_else(
    length: int, data: st.DataObject
) -> None:
    gone = data.draw(st.sets(st.integers(1, length), min_size=1))
    payloads: list[Any] = [{"fields": {"kind": [None, number]}} for number in range(length)]
    links, head = chained([*payloads, {"entries": sorted(gone)}], {length + 1: "erased"})
    bare = [replace(link, payload=None, salt="") if link.number in gone else link for link in links]
    assert found(bare, head) == []
    unsaid, head = chained([*payloads, {"entries": sorted(gone)}], {length + 1: "exported"})
    bare = [replace(link, payload=None) if link.number in gone else link for link in unsaid]
    assert found(bare, head) == [Broken(number, Fault.PAYLOAD_MISSING) for number in sorted(gone)]


@pytest.mark.parametrize("change", [{"payload": {"entries": [1, 2]}}, {"actor_name": "nobody"}, {"payload": None}])
def test_an_erasure_that_was_itself_altered_covers_nothing(change: dict[str, Any]) -> None:
    links, head = chained([{}, {}, {"entries": [1]}, {}], {3: "erased"})
    links[0] = replace(links[0], payload=None)
    links[2] = replace(links[2], **change)
    assert Broken(1, Fault.PAYLOAD_MISSING) in found(links, head)


def test_an_erasure_covers_nothing_that_was_written_after_it() -> None:
    links, head = chained([{"entries": [2]}, {}], {1: "erased"})
    links[1] = replace(links[1], payload=None)
    assert found(links, head) == [Broken(2, Fault.PAYLOAD_MISSING)]


def test_a_head_that_was_found_altered_once_is_told_for_ever() -> None:
    links, head = chained([{}, {"said": 1, "found": 9}, {}], {2: "head_broken"})
    assert found(links, head) == [Broken(2, Fault.HEAD_WAS_ALTERED)]
