"""The records, private. Django finds every table here; the public wing imports `cases.published` only."""

from cases.models.accounts import DeskSession, Invitation
from cases.models.assessments import Assessment
from cases.models.audit import AuditEntry, AuditHead
from cases.models.custody import Event, Stay
from cases.models.decisions import Decision, Sentence, SentenceSegment
from cases.models.erasure import DoomedFile, ErasureRequest
from cases.models.findings import FindingTick
from cases.models.following import Follower
from cases.models.law import LegalCode, Penalty, Provision
from cases.models.officials import Involvement, Official
from cases.models.organisations import Designation, Organisation
from cases.models.places import DetentionSite, Place
from cases.models.prisoners import Affiliation, Citizenship, PersonName, Prisoner, PublicRole, SpokenLanguage
from cases.models.proceedings import Charge, Court, Defendant, Hearing, Proceeding
from cases.models.rehabilitations import Rehabilitation
from cases.models.review import Publication, ReviewComment, Submission
from cases.models.sources import Citation, Source
from cases.models.support import Aid, Household, Need, Relative
from cases.models.together import EditingPresence, FormDraft
from cases.models.unsealing import Unsealing
from cases.models.webhooks import Webhook, WebhookEvent
from cases.published.block_models import PublishedBlock, PublishedNumber
from cases.published.course_models import PublishedCourse, PublishedSpan, PublishedSum
from cases.published.line_models import PublishedLine
from cases.published.models import (
    PublishedCase,
    PublishedFacet,
    PublishedName,
    PublishedPhoto,
    PublishedProvision,
    PublishedSite,
    PublishedTotal,
    PublishedVersion,
)
from cases.published.name_models import (
    PublishedNameChange,
    PublishedNameIndex,
    PublishedNameMiss,
    PublishedNames,
    PublishedNameWord,
)
from cases.published.organisation_models import PublishedOrganisation
from cases.published.release_models import PublishedRelease, PublishedReleaseFile, PublishedReleasePart
from cases.published.state_models import PublishedPurge, PublishedState
from cases.published.subject_models import PublishedSubject, PublishedSubjectTerm

__all__ = [
    "Affiliation",
    "Aid",
    "Assessment",
    "AuditEntry",
    "AuditHead",
    "Charge",
    "Citation",
    "Citizenship",
    "Court",
    "Decision",
    "Defendant",
    "Designation",
    "DeskSession",
    "DetentionSite",
    "DoomedFile",
    "EditingPresence",
    "ErasureRequest",
    "Event",
    "FindingTick",
    "Follower",
    "FormDraft",
    "Hearing",
    "Household",
    "Invitation",
    "Involvement",
    "LegalCode",
    "Need",
    "Official",
    "Organisation",
    "Penalty",
    "PersonName",
    "Place",
    "Prisoner",
    "Proceeding",
    "Provision",
    "PublicRole",
    "Publication",
    "PublishedBlock",
    "PublishedCase",
    "PublishedCourse",
    "PublishedFacet",
    "PublishedLine",
    "PublishedName",
    "PublishedNameChange",
    "PublishedNameIndex",
    "PublishedNameMiss",
    "PublishedNameWord",
    "PublishedNames",
    "PublishedNumber",
    "PublishedOrganisation",
    "PublishedPhoto",
    "PublishedProvision",
    "PublishedPurge",
    "PublishedRelease",
    "PublishedReleaseFile",
    "PublishedReleasePart",
    "PublishedSite",
    "PublishedSpan",
    "PublishedState",
    "PublishedSubject",
    "PublishedSubjectTerm",
    "PublishedSum",
    "PublishedTotal",
    "PublishedVersion",
    "Rehabilitation",
    "Relative",
    "ReviewComment",
    "Sentence",
    "SentenceSegment",
    "Source",
    "SpokenLanguage",
    "Stay",
    "Submission",
    "Unsealing",
    "Webhook",
    "WebhookEvent",
]
