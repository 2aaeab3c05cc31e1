"""What the words of a question about texts ask for: provisions by number, places of detention by kind and number, words.

"275", "ст. 275", "ч. 2 ст. 205.5 УК" are numbers of provisions; "СИЗО-2 Таганрог", "Penal colony No. 10", "ИК 10" are a
numbered thing and words. Both are read from the same text, and either may be meant.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from cases.domain.name_terms import STEM, stem_of, text_stems

LONGEST_TERM = 60

LAW_WORDS = r"ст|стаття|статті|статтею|статья|статьи|статье|статьей|art|article|articles"
PART_WORDS = r"ч|частина|частини|частиною|часть|части|частью|part"
PART = re.compile(rf"(?<!\w)(?:{PART_WORDS})\.?\s*(\d+(?:\.\d+)?)(?!\w)", re.IGNORECASE)
LAW = re.compile(rf"(?<!\w)(?:{LAW_WORDS})(?!\w)\.?", re.IGNORECASE)
ARTICLE = re.compile(r"(?<![\w-])\d[\w.()-]*")
NUMBERED = re.compile(r"(?<!\w)([^\W\d_]{2,})[\s\-‐‑–.]*(?:(?:№|#|no\.?|nr\.?)\s*)?(\d{1,5})(?![\w.(])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TextQuestion:
    """The terms that a text must have, each of them, where a question is read so or so; empty where it cannot be."""

    words: tuple[str, ...]  # without any number
    law: tuple[str, ...]  # numbers of provisions alone
    law_and_words: tuple[str, ...]
    numbered: tuple[str, ...]  # numbered things and the other words

    @property
    def ways(self) -> list[tuple[str, ...]]:
        """The ways to read it in texts of cases, each once."""
        return list(dict.fromkeys(filter(None, (self.law_and_words or self.words, self.numbered))))


def numbered_words(text: str) -> list[str]:
    """Return one word for each word of a text that a number follows: СІЗО-2, SIZO No. 2 and СИЗО № 2 give the same."""
    return list(dict.fromkeys(f"{stem_of(word.lower())}{number}" for word, number in NUMBERED.findall(text)))


def read_question(text: str) -> TextQuestion:
    """Return the ways in which the words of a question are read."""
    spoken = LAW.sub(" ", text)
    part = PART.search(spoken)
    numbers = ARTICLE.findall(PART.sub(" ", spoken) if part else spoken)
    if part and len(numbers) == 1 and "(" not in numbers[0]:
        spoken, numbers = PART.sub(" ", spoken), [f"{numbers[0].rstrip('.')}({part.group(1)})"]
    law = _terms(number.rstrip(".-").lower() for number in numbers if number.isascii())
    rest = _terms(text_stems(" ".join(word for word in spoken.split() if not any(one.isdigit() for one in word))))
    words = () if any(one.isdigit() for one in text) else rest
    numbered = [] if part or LAW.search(text) else numbered_words(text)
    others = text_stems(NUMBERED.sub(" ", text)) if numbered else []
    return TextQuestion(words, law, (*rest, *law) if law else (), _terms([*numbered, *others]))


def _terms(stems: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{STEM}{one}"[:LONGEST_TERM] for one in stems))
