"""Kinds of events by what they mean for the person. Their values compare equal, so that documents can be asked, too."""

from cases.enums import EventKind

SEIZURES = frozenset({EventKind.ARREST, EventKind.ABDUCTION})
"""What is recorded to put the person into somebody's hands."""

TAKINGS = SEIZURES | {EventKind.DISAPPEARANCE, EventKind.FOUND}
"""After which the person is, or may be, held."""

VANISHINGS = SEIZURES | {EventKind.DISAPPEARANCE}
"""Where the person was last seen free."""

RELEASES = frozenset({EventKind.RELEASE, EventKind.EXCHANGE})

DEATHS = frozenset({EventKind.DEATH, EventKind.EXECUTION})

ENDS_OF_CUSTODY = RELEASES | DEATHS | {EventKind.ESCAPE, EventKind.EXILE}
"""After which nobody holds the person, wherever a stay without an end was."""
