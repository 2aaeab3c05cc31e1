"""What the desk has hidden and the public still sees, because the case was not published again since."""

from cases.enums import PublicationState
from cases.models import Prisoner, Publication, Submission
from cases.publication.casefile import read_case
from cases.publication.shown_rows import shown_keys, sources_to_name


def shows_what_is_hidden(prisoner: Prisoner) -> bool:
    """Tell whether the public page shows a row, field or source that is hidden, deleted or moved at the desk now."""
    publication = Publication.objects.filter(prisoner=prisoner, state=PublicationState.PUBLISHED.value).first()
    if publication is None:
        return False
    submission = Submission.objects.filter(prisoner=prisoner, sha256=publication.sha256).order_by("-pk").first()
    if submission is None:
        return False
    today = {*shown_keys(read_case(prisoner)), *sources_to_name(submission.shown)}
    return not today.issuperset(submission.shown)
