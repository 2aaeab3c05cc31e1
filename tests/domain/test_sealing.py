"""Sealing: what is sealed opens where it was sealed, with the key that sealed it, and nowhere and with nothing else."""

import pytest
from hypothesis import given, strategies as st

from cases.domain.sealing import KeyMalformed, Keyring, KeyUnknown, SealBroken, is_token, key_id_of, new_key

OLD, NEW = new_key(), new_key()
PLACE = "relative.phone:17"

texts = st.text(min_size=1, max_size=300)


@given(texts)
def test_a_text_opens_at_its_place_and_its_token_does_not_contain_it(text: str) -> None:
    ring = Keyring([NEW])
    token = ring.seal(text, PLACE)
    assert ring.open(token, PLACE) == text
    assert is_token(token)
    if len(text) > 6:
        assert text not in token


def test_the_same_text_never_gives_the_same_token() -> None:
    ring = Keyring([NEW])
    assert ring.seal("0671234567", PLACE) != ring.seal("0671234567", PLACE)


@pytest.mark.parametrize("other", ["relative.phone:18", "relative.notes:17", "household.phone:17", ""])
def test_a_token_that_was_copied_to_another_row_or_field_does_not_open(other: str) -> None:
    ring = Keyring([NEW])
    with pytest.raises(SealBroken, match="altered, or copied"):
        ring.open(ring.seal("0671234567", PLACE), other)


@given(texts, st.data())
def test_any_altered_character_breaks_the_seal(text: str, data: st.DataObject) -> None:
    ring = Keyring([NEW])
    token = ring.seal(text, PLACE)
    head = len(token) - len(token.rpartition(".")[2])
    position = data.draw(st.integers(head, len(token) - 2))
    letter = data.draw(st.sampled_from("ABCdef019-_").filter(lambda one: one != token[position]))
    with pytest.raises(SealBroken):
        ring.open(token[:position] + letter + token[position + 1 :], PLACE)


@pytest.mark.parametrize("text", ["", "0671234567", "s1.", "s1.abc", "s2.abc.def", "s1.abc."])
def test_what_is_no_token_is_said_to_be_none(text: str) -> None:
    with pytest.raises((SealBroken, KeyUnknown)):
        Keyring([NEW]).open(text, PLACE)


def test_a_value_opens_as_long_as_its_key_is_among_the_keys() -> None:
    token = Keyring([OLD]).seal("вул. Вигадана, 7", PLACE)
    assert Keyring([NEW, OLD]).open(token, PLACE) == "вул. Вигадана, 7"
    with pytest.raises(KeyUnknown, match=f"sealed with the key {key_id_of(token)}"):
        Keyring([NEW]).open(token, PLACE)


def test_resealing_moves_a_value_to_the_first_key_and_leaves_one_that_is_there() -> None:
    token = Keyring([OLD]).seal("x", PLACE)
    ring = Keyring([NEW, OLD])
    fresh = ring.reseal(token, PLACE)
    assert key_id_of(fresh) == ring.primary.id
    assert ring.reseal(fresh, PLACE) == fresh
    assert Keyring([NEW]).open(fresh, PLACE) == "x"


def test_the_length_of_a_token_tells_only_the_step_of_64_bytes() -> None:
    ring = Keyring([NEW])
    assert len({len(ring.seal("7" * length, PLACE)) for length in range(1, 64)}) == 1
    assert len(ring.seal("7" * 64, PLACE)) > len(ring.seal("7" * 63, PLACE))


def test_lookups_differ_by_key_and_by_column_and_cannot_be_made_without_the_key() -> None:
    ring = Keyring([NEW, OLD])
    mine = ring.lookups("0671234567", "relative.phone")
    assert len(set(mine)) == 2
    assert mine[1] == Keyring([OLD]).lookups("0671234567", "relative.phone")[0]
    assert set(mine).isdisjoint(ring.lookups("0671234567", "household.phone"))


def test_a_file_opens_under_its_own_name_alone() -> None:
    ring = Keyring([NEW])
    sealed = ring.seal_bytes(b"\x89PNG pixels", "photos/a.png")
    assert b"pixels" not in sealed
    assert ring.open_bytes(sealed, "photos/a.png") == b"\x89PNG pixels"
    with pytest.raises(SealBroken, match="altered or renamed"):
        ring.open_bytes(sealed, "photos/b.png")
    with pytest.raises(SealBroken, match="not sealed"):
        ring.open_bytes(b"\x89PNG pixels", "photos/a.png")


@pytest.mark.parametrize("text", ["", "short", "not base64 at all !!", "QUFB", "QUFB" * 12])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyMalformed):
        Keyring([text])


def test_a_ring_without_keys_is_refused() -> None:
    with pytest.raises(KeyMalformed):
        Keyring([])
