"""How an erasure treats every table of the records: one row each. A table that is missing stops every erasure.

A new model needs one row here. `Goes` with links: its rows go with the rows that they lead to. `Alone`: a row that several
people may share goes when it concerns nobody else. `Stays`: about nobody in particular; its texts are searched for the
person's name. `Apart`: treated by a step of its own. History tables and join tables follow the table that they belong to.
"""

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class To:
    """A column with the key of a row of `kind`. `loosens`: the row stays all the same, and the column is emptied."""

    column: str
    kind: str
    loosens: bool = False


@dataclass(frozen=True, slots=True)
class ToAny:
    """Two columns that lead to a row of any kind: its content type and its key."""

    type_column: str = "content_type_id"
    key_column: str = "object_id"


@dataclass(frozen=True, slots=True)
class ToNamed:
    """Two columns that lead to a row of any kind: the kind as a word ("prisoner") and the key."""

    kind_column: str
    key_column: str


@dataclass(frozen=True, slots=True)
class ToCode:
    """A column that holds the code of a case."""

    column: str


Link: TypeAlias = To | ToAny | ToNamed | ToCode


@dataclass(frozen=True, slots=True)
class Goes:
    """Rows that go with what any of their links leads to. `owner`: whose row it is; if another's, nothing is erased."""

    links: tuple[Link, ...]
    owner: To | None = None


@dataclass(frozen=True, slots=True)
class Member:
    """Rows of `kind` that say by `column` whom a shared row concerns: the person of `person`, else the row's own owner."""

    kind: str
    column: str
    person: str = ""


@dataclass(frozen=True, slots=True)
class Alone:
    """A shared row, which goes when it concerns nobody else. `ever`: nor has concerned anybody else before.

    `links`: many-to-many fields that lead to people.
    """

    members: tuple[Member, ...]
    links: tuple[str, ...] = ()
    ever: bool = False


@dataclass(frozen=True, slots=True)
class Stays:
    """Rows that are about nobody who can be erased."""

    why: str


@dataclass(frozen=True, slots=True)
class Apart:
    """Rows that a step of its own treats."""

    why: str


Treatment: TypeAlias = Goes | Alone | Stays | Apart

OF_A_PERSON = Goes((To("prisoner_id", "prisoner"),))
OF_A_HOUSEHOLD = Goes((To("household_id", "household"),))
OF_A_PROCEEDING = Goes((To("proceeding_id", "proceeding"),))

TREATMENT: dict[str, Treatment] = {
    "prisoner": Apart("the person; erased with everything that leads here"),
    "personname": OF_A_PERSON,
    "publicrole": OF_A_PERSON,
    "affiliation": OF_A_PERSON,
    "citizenship": OF_A_PERSON,
    "spokenlanguage": OF_A_PERSON,
    "stay": OF_A_PERSON,
    "event": OF_A_PERSON,
    "assessment": OF_A_PERSON,
    "rehabilitation": OF_A_PERSON,
    "submission": OF_A_PERSON,
    "findingtick": OF_A_PERSON,
    "reviewcomment": Goes((To("submission_id", "submission"),)),
    "publication": OF_A_PERSON,
    "defendant": Goes((To("prisoner_id", "prisoner"), To("proceeding_id", "proceeding"))),
    "charge": Goes((To("defendant_id", "defendant"),)),
    "sentence": Goes(
        (To("defendant_id", "defendant"), To("decision_id", "decision")), owner=To("defendant_id", "defendant")
    ),
    "sentencesegment": Goes((To("sentence_id", "sentence"),)),
    "proceeding": Alone((Member("defendant", "proceeding_id"),)),
    "hearing": OF_A_PROCEEDING,
    "involvement": OF_A_PROCEEDING,
    "decision": Goes((To("proceeding_id", "proceeding"), To("defendant_id", "defendant"))),
    # A citation of what others share stays with it, and no longer says in whose case it was written down.
    "citation": Goes((ToAny(), To("prisoner_id", "prisoner", loosens=True))),
    "source": Alone(
        (
            Member("citation", "source_id"),
            Member("assessment", "source_id"),
            Member("provision", "source_id"),
            Member("penalty", "source_id"),
            Member("designation", "source_id"),
        ),
        ever=True,
    ),
    "household": Alone((Member("relative", "household_id", person="prisoner_id"),), links=("prisoners",)),
    "relative": Goes((To("prisoner_id", "prisoner"), To("household_id", "household"))),
    "need": OF_A_HOUSEHOLD,
    "aid": Goes((To("household_id", "household"), To("need_id", "need", loosens=True))),
    "official": Stays("a person who acts for a state body, not one whom the state holds"),
    "organisation": Stays("a body"),
    "place": Stays("a place"),
    "detentionsite": Stays("a place of detention"),
    "court": Stays("a court"),
    "legalcode": Stays("a law"),
    "provision": Stays("a law"),
    "penalty": Stays("a law"),
    "designation": Stays("a decision of a state about a body"),
    "auditentry": Apart("the payloads of entries about the person go; the chain of entries stays"),
    "audithead": Apart("says where the chain ends"),
    "erasurerequest": Apart("the fact of the erasure, of which nothing but the fact stays"),
    "formdraft": Goes((ToAny(),)),
    "editingpresence": Goes((ToAny(),)),
    "unsealing": Goes((ToNamed("kind", "object_id"),)),
    "invitation": Apart("an account of somebody who works here"),
    "desksession": Apart("where somebody who works here is signed in"),
    "follower": Apart("somebody who reads, and not in any case; they leave by the link in each e-mail"),
    "webhook": Apart("the program of a partner"),
    "webhookevent": Apart("the random code of a case, of which partners are told; it goes after some weeks"),
    "doomedfile": Apart("the list of files that the erasure deletes next"),
}

#: Texts that are the names of other people: a namesake, or a brother, is nobody's mention.
NAMES_OF_OTHERS: dict[str, tuple[str, ...]] = {
    "personname": ("text", "given", "patronymic", "family"),
    "relative": ("full_name",),
    "official": ("name_en", "name_uk", "name_crh_latn", "name_ru"),
}

#: Apps of Django and of libraries: they hold accounts and sessions, and nothing leads from them to a person's record.
OTHER_APPS = frozenset(
    {"admin", "auth", "contenttypes", "sessions", "sites", "account", "mfa", "usersessions", "socialaccount"}
)
