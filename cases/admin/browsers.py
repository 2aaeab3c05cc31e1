"""A browser in words, coarse on purpose: one knows one's own laptop from one's own phone, and nobody is followed by it."""

#: In this order: most browsers name several.
BROWSERS = (("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_in_words(agent: str) -> str:
    """Return "Firefox, Windows" for a User-Agent header; what is not known is left out."""
    found = (next((word for mark, word in table if mark in agent), "") for table in (BROWSERS, SYSTEMS))
    return ", ".join(word for word in found if word)
