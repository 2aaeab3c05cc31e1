"""The number of a provision as lawyers write it: an article and a part."""

import re

ARTICLE_THEN_PART = re.compile(
    r"(?:ст|art|article)?\.?\s*(?P<article>\d+(?:[.-]\d+)*)"
    r"\s*(?:\(\s*|,\s*|\s)\s*(?:ч|part|p)?\.?\s*(?P<part>\d+)\s*\)?",
    re.IGNORECASE,
)
PART_THEN_ARTICLE = re.compile(
    r"(?:ч|part|p)\.?\s*(?P<part>\d+)\s*(?:of\s+)?"
    r"(?:ст|art|article)\.?\s*(?P<article>\d+(?:[.-]\d+)*)",
    re.IGNORECASE,
)


def read_number(text: str) -> tuple[str, str] | None:
    """Return (article, part) of "205.5(2)", "205.5, 2", "ст. 205.5 ч. 2", "ч. 2 ст. 205.5"; None without a part."""
    for form in (ARTICLE_THEN_PART, PART_THEN_ARTICLE):
        found = form.fullmatch(text.strip())
        if found:
            return found["article"], found["part"]
    return None
