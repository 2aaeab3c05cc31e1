"""A file with all that belongs to it, as one archive: data dictionary, licence, citation, and at its end the manifest."""

from collections.abc import Iterator
from datetime import datetime

from cases.exports.archive import Archive
from cases.exports.csv import csv_of
from cases.exports.dictionary import dictionary_csv
from cases.exports.manifest import Measured, citation_text, licence_text, manifest_of, sum_of, text_of
from cases.exports.reading import Batch, Chosen


def bundle_of(chosen: Chosen, *, at: datetime, asked: str) -> Iterator[Batch]:
    """Yield the archive of the chosen cases as CSV. `asked` is the filter as in the address of the list."""
    language, address = chosen.language, f"{chosen.address}/{chosen.language}/"
    with Archive() as archive:
        file = Measured("cases.csv", csv_of(chosen))
        with archive.member("cases.csv", is_large=True) as stream:
            for content in file:
                stream.write(content)
                yield Batch(archive.take(), 0)
        cited = citation_text(language, on=chosen.on, cases=file.rows, address=address)
        texts = {
            "dictionary.csv": dictionary_csv(language),
            "LICENCE.txt": licence_text(language).encode(),
            "CITATION.txt": f"{cited}\n".encode(),
        }
        for name, content in texts.items():
            archive.put(name, content)
        sums = [file.total(), *(sum_of(name, content) for name, content in texts.items())]
        further = {"language": language, "filter": asked, "citation": cited}
        archive.put(
            "manifest.json",
            text_of(manifest_of(sums, at=at, on=chosen.on, cases=file.rows, address=chosen.address, **further)),
        )
    yield Batch(archive.take(), 0)
