"""Count a term of imprisonment by the law, for lawyers' spreadsheets; nothing is stored."""

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.utils import translation

from cases.domain.term_case import TermInputError, read_case
from cases.domain.term_counting import Counted, count
from cases.enums import gettext_noop
from cases.published.term_telling import (
    PAROLE_LABEL,
    as_json,
    shown_count,
    term_law,
    told_input_error,
    told_rules,
    told_step,
)
from tracker.commands import SiteCommand

DIGITS_READ = 100


class Command(SiteCommand):
    help = (
        "Count until when a term lasts. FILE is JSON: "
        '{"custody": [{"kind": "sizo", "from": "2018-05-21", "to": null}], "offences": ["205.5(2)"], '
        '"sentence": {"years": 14, "segments": [{"regime": "strict"}]}, "in_force": "2022-03-14"}. '
        "An empty list of offences says that they are not known. With --json every day is [earliest, latest], the last day "
        "of a sentence for life [null, null]; the days of a step are those it takes off the end, "
        "[for the latest day, for the earliest]. A mistake "
        "in the file ends with exit code 1 and names its field."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "file", nargs="?", default="-", help="The file to read; without it, or for -, what is piped in"
        )
        parser.add_argument("--json", action="store_true", help="Print the result as JSON")
        parser.add_argument("--language", default="en", choices=[code for code, _name in settings.LANGUAGES])

    def handle(self, *_args: Any, file: str, language: str, **options: Any) -> None:
        with translation.override(language):
            try:
                counted = count(read_case(_read(file)), term_law())
            except TermInputError as mistake:
                raise CommandError(f"{file}: {mistake.field}: {told_input_error(mistake)}") from mistake
            if options["json"]:
                self.stdout.write(json.dumps(as_json(counted), ensure_ascii=False, indent=2))
            else:
                self.stdout.write("\n".join(_told(counted)))


def _read(file: str) -> Any:
    try:
        text = (sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()).decode("utf-8-sig")
        return json.loads(text, object_pairs_hook=_once, parse_int=_whole)
    except OSError as problem:
        raise CommandError(f"{file} cannot be read: {problem.strerror}.") from problem
    except UnicodeDecodeError as problem:
        raise CommandError(f"{file} is not UTF-8 text: save it as JSON in UTF-8.") from problem
    except json.JSONDecodeError as problem:
        raise CommandError(
            f"{file} is not JSON: line {problem.lineno}, column {problem.colno}: {problem.msg}."
        ) from problem
    except RecursionError as problem:
        raise CommandError(f"{file} is nested too deeply: write an object as in --help.") from problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object of JSON; of a name that stands in it twice nobody can say which value was meant."""
    found = dict(pairs)
    if len(found) != len(pairs):
        name = next(name for name, times in Counter(name for name, _value in pairs).items() if times > 1)
        raise TermInputError(name, gettext_noop("This is written twice: keep one of them."))
    return found


def _whole(digits: str) -> int:
    """Return a whole number; one of very many digits, which Python refuses to read, as one that is too large anyway."""
    return int(digits[:DIGITS_READ])


def _told(counted: Counted) -> list[str]:
    shown = shown_count(counted)
    lines = [f"{told_step(step)} [{told_rules(step.rows)}]" for step in counted.steps]
    lines += [f"{before} → {after}: {days}" for before, after, days in shown.transfers]
    lines += [f"{of}: {days} ({PAROLE_LABEL})" for of, days, _row in shown.thresholds]
    if not shown.is_verified:
        lines.append(str(translation.gettext("Legal data awaiting review. This is not legal advice.")))
    return lines
