"""`compute_term`: a file in, the working out, every mistake named with its field."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

CASE: dict[str, Any] = {
    "custody": [{"kind": "sizo", "from": "2021-03-10", "to": None}],
    "offences": ["223.1"],
    "sentence": {"years": 5, "months": 0, "days": 0, "life": False, "segments": [{"regime": "general", "years": 5}]},
    "in_force": "2022-08-18",
}


def run(file: Path, **options: Any) -> str:
    output = io.StringIO()
    call_command("compute_term", str(file), stdout=output, **options)
    return output.getvalue()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.json"
    path.write_text(json.dumps(CASE))
    return path


def test_the_json_has_the_interval_and_each_step_with_its_rule_and_source(file: Path) -> None:
    found = json.loads(run(file, json=True))
    assert list(found) == ["last_day", "transfers", "thresholds", "steps"]
    assert found["last_day"] == ["2025-06-17", "2025-06-19"]
    assert found["transfers"] == []
    assert [one["fraction"] for one in found["thresholds"]] == ["1/3", "1/2", "2/3"]
    assert {one["label"] for one in found["thresholds"]} == {"legal threshold, practically never granted"}
    assert all(list(step) == ["rule", "source", "verified", "days", "text"] for step in found["steps"])
    credit = next(step for step in found["steps"] if step["rule"] == "72(3.1)")
    assert (credit["days"], credit["verified"]) == ([789, 789], False)
    assert "186-FZ" in credit["source"]
    assert credit["text"] == ("Detention (SIZO): one day counts for 1.5 days of the sentence; 789 days are taken off.")


def test_people_read_it_in_their_language_and_are_told_that_the_law_awaits_review(file: Path) -> None:
    assert "the last day is between 17 June 2025 and 19 June 2025." in run(file)
    assert run(file).rstrip().endswith("Legal data awaiting review. This is not legal advice.")
    ukrainian = run(file, language="uk")
    assert "останній день – між 17 червня 2025 та 19 червня 2025" in ukrainian
    assert "Правові дані" in ukrainian


def test_a_transfer_and_a_life_sentence_are_told(file: Path) -> None:
    parts = {"years": 5, "segments": [{"regime": "prison", "years": 1}, {"regime": "strict"}]}
    file.write_text(json.dumps({**CASE, "sentence": parts}))
    assert "Prison → Strict regime: 10 March 2022" in run(file)
    file.write_text(json.dumps({**CASE, "sentence": {"life": True}}))
    assert "A sentence for life has no last day." in run(file)
    assert json.loads(run(file, json=True))["last_day"] == [None, None]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is not JSON: line 1, column 2"),
        ("[]", "the file: Write an object with custody, offences, sentence, in_force"),
        (json.dumps({**CASE, "in_force": "soon"}), "in_force: "),
        (
            json.dumps({**CASE, "custody": [{"kind": "sizo", "from": "2023", "to": "2022"}]}),
            "custody.0.to: ",
        ),
    ],
)
def test_a_mistake_is_named(file: Path, text: str, message: str) -> None:
    file.write_text(text)
    with pytest.raises(CommandError) as refused:
        run(file)
    assert message in str(refused.value)


def test_a_file_that_is_not_there_or_no_text_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        run(tmp_path / "none.json")
    (tmp_path / "binary.json").write_bytes(b"\xff\xfe{")
    with pytest.raises(CommandError, match="is not UTF-8 text"):
        run(tmp_path / "binary.json")


def test_what_is_piped_in_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(CASE)))
    assert "the last day is between" in run(Path("-"))
