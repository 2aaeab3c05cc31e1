"""Cases as JSON Lines: one object a line with the whole published document, whose bytes have the SHA-256 beside it."""

from collections.abc import Iterator

from cases.exports.reading import JSON, Batch, Chosen, batches


def json_lines_of(chosen: Chosen) -> Iterator[Batch]:
    """Yield the file."""
    return batches(chosen, JSON)
