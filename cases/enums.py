"""Closed vocabularies of the field, in plain Python: no Django here, so that `cases.domain` may use them.

Each word is a `str` with an English `label`. Labels are marked for translation and translated where they are shown.
Sources: HURIDOCS lists, PACE Resolution 1900 (2012), WGAD methods of work, the Russian Penal Enforcement Code's regimes.
"""

from enum import Enum
from typing import Self


def gettext_noop(message: str) -> str:
    """Mark `message` for makemessages; translation happens where it is shown."""
    return message


class Vocabulary(str, Enum):  # noqa: UP042 - StrEnum refuses the second element that carries the label
    """A closed list of words; each is stored as its value and shown as its label."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:  # a lookup, `Status("missing")`, has no label
        word = str.__new__(cls, value)
        word._value_ = value
        word.label = label
        return word

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Return (value, English label) for each word, in the order in which they are written."""
        return [(str(word.value), word.label) for word in cls]


# People ------------------------------------------------------------------------------------------------------------


class AgeBand(Vocabulary):
    """Full years at arrest; who was not yet 18 was a minor (Convention on the Rights of the Child, art. 1)."""

    MINOR = "under_18", gettext_noop("Under 18")
    TO_29 = "18_29", gettext_noop("18 to 29")
    TO_44 = "30_44", gettext_noop("30 to 44")
    TO_59 = "45_59", gettext_noop("45 to 59")
    OLDER = "60_and_over", gettext_noop("60 and over")


class CaseKind(Vocabulary):
    CONTEMPORARY = "contemporary", gettext_noop("Contemporary")
    HISTORICAL = "historical", gettext_noop("Historical")


class Sex(Vocabulary):
    FEMALE = "female", gettext_noop("Female")
    MALE = "male", gettext_noop("Male")
    OTHER = "other", gettext_noop("Other")
    UNKNOWN = "unknown", gettext_noop("Not known")


class Ethnicity(Vocabulary):
    CRIMEAN_TATAR = "crimean_tatar", gettext_noop("Crimean Tatar")
    UKRAINIAN = "ukrainian", gettext_noop("Ukrainian")
    KARAITE = "karaite", gettext_noop("Karaite")
    KRYMCHAK = "krymchak", gettext_noop("Krymchak")
    ARMENIAN = "armenian", gettext_noop("Armenian")
    BELARUSIAN = "belarusian", gettext_noop("Belarusian")
    BULGARIAN = "bulgarian", gettext_noop("Bulgarian")
    GEORGIAN = "georgian", gettext_noop("Georgian")
    GERMAN = "german", gettext_noop("German")
    GREEK = "greek", gettext_noop("Greek")
    HUNGARIAN = "hungarian", gettext_noop("Hungarian")
    JEWISH = "jewish", gettext_noop("Jewish")
    LATVIAN = "latvian", gettext_noop("Latvian")
    LITHUANIAN = "lithuanian", gettext_noop("Lithuanian")
    ESTONIAN = "estonian", gettext_noop("Estonian")
    MOLDOVAN = "moldovan", gettext_noop("Moldovan")
    POLISH = "polish", gettext_noop("Polish")
    ROMA = "roma", gettext_noop("Roma")
    ROMANIAN = "romanian", gettext_noop("Romanian")
    RUSSIAN = "russian", gettext_noop("Russian")
    TATAR = "tatar", gettext_noop("Tatar")
    OTHER = "other", gettext_noop("Other")


class Religion(Vocabulary):
    MUSLIM = "muslim", gettext_noop("Muslim")
    ORTHODOX = "orthodox", gettext_noop("Orthodox Christian")
    ORTHODOX_UKRAINE = "orthodox_ukraine", gettext_noop("Orthodox Church of Ukraine")
    GREEK_CATHOLIC = "greek_catholic", gettext_noop("Greek Catholic")
    ROMAN_CATHOLIC = "roman_catholic", gettext_noop("Roman Catholic")
    PROTESTANT = "protestant", gettext_noop("Protestant")
    JEHOVAHS_WITNESS = "jehovahs_witness", gettext_noop("Jehovah's Witness")
    JEWISH = "judaism", gettext_noop("Judaism")
    KARAITE = "karaism", gettext_noop("Karaite Judaism")
    NONE = "none", gettext_noop("None")
    OTHER = "other", gettext_noop("Other")


class Language(Vocabulary):
    """BCP 47 tags; Crimean Tatar always with its script."""

    UKRAINIAN = "uk", gettext_noop("Ukrainian")
    ENGLISH = "en", gettext_noop("English")
    RUSSIAN = "ru", gettext_noop("Russian")
    CRIMEAN_TATAR_LATIN = "crh-Latn", gettext_noop("Crimean Tatar (Latin script)")
    CRIMEAN_TATAR_CYRILLIC = "crh-Cyrl", gettext_noop("Crimean Tatar (Cyrillic script)")
    UKRAINIAN_LATIN = "uk-Latn", gettext_noop("Ukrainian (romanised)")
    RUSSIAN_LATIN = "ru-Latn", gettext_noop("Russian (romanised)")
    POLISH = "pl", gettext_noop("Polish")
    GERMAN = "de", gettext_noop("German")
    TURKISH = "tr", gettext_noop("Turkish")
    YIDDISH = "yi", gettext_noop("Yiddish")
    HEBREW = "he", gettext_noop("Hebrew")
    ARABIC = "ar", gettext_noop("Arabic")
    UNDETERMINED = "und", gettext_noop("Language not determined")


class NameKind(Vocabulary):
    LEGAL = "legal", gettext_noop("Legal name")
    ROMANISED = "romanised", gettext_noop("Romanised form")
    ALIAS = "alias", gettext_noop("Also known as")
    BIRTH = "birth", gettext_noop("Name at birth")
    RELIGIOUS = "religious", gettext_noop("Religious name")
    CHARGE_SHEET = "charge_sheet", gettext_noop("As written in the charge sheet")


class Consent(Vocabulary):
    FULL = "full", gettext_noop("Full: the person may be named")
    INITIALS = "initials", gettext_noop("Initials only")
    NONE = "none", gettext_noop("None: nothing may be published")


class ConsentGiver(Vocabulary):
    PRISONER = "prisoner", gettext_noop("The person")
    FAMILY = "family", gettext_noop("The family")
    LAWYER = "lawyer", gettext_noop("The lawyer")
    PUBLIC_RECORD = "public_record", gettext_noop("Already public in the cited sources")
    HISTORICAL = "historical", gettext_noop("Historical case")
    INVENTED = "invented", gettext_noop("Invented person")


class DateDetail(Vocabulary):
    """How much of a date of birth the public may see."""

    DAY = "day", gettext_noop("Full date")
    YEAR = "year", gettext_noop("Year only")
    HIDDEN = "hidden", gettext_noop("Nothing")


class Role(Vocabulary):
    HUMAN_RIGHTS_DEFENDER = "human_rights_defender", gettext_noop("Human-rights defender")
    CITIZEN_JOURNALIST = "citizen_journalist", gettext_noop("Citizen journalist")
    JOURNALIST = "journalist", gettext_noop("Journalist")
    ACTIVIST = "activist", gettext_noop("Activist")
    LAWYER = "lawyer", gettext_noop("Lawyer")
    POLITICIAN = "politician", gettext_noop("Politician")
    LOCAL_OFFICIAL = "local_official", gettext_noop("Local official")
    RELIGIOUS_LEADER = "religious_leader", gettext_noop("Religious leader")
    SCHOLAR = "scholar", gettext_noop("Scholar")
    TEACHER = "teacher", gettext_noop("Teacher")
    STUDENT = "student", gettext_noop("Student")
    WRITER = "writer", gettext_noop("Writer")
    ARTIST = "artist", gettext_noop("Artist")
    BLOGGER = "blogger", gettext_noop("Blogger")
    MEDIC = "medic", gettext_noop("Medical worker")
    ENTREPRENEUR = "entrepreneur", gettext_noop("Entrepreneur")
    WORKER = "worker", gettext_noop("Worker")
    FARMER = "farmer", gettext_noop("Farmer")
    SOLDIER = "soldier", gettext_noop("Service member")
    VOLUNTEER = "volunteer", gettext_noop("Volunteer")
    PENSIONER = "pensioner", gettext_noop("Pensioner")
    OTHER = "other", gettext_noop("Other")


class AffiliationKind(Vocabulary):
    COFOUNDER = "cofounder", gettext_noop("Cofounder")
    LEADER = "leader", gettext_noop("Leader")
    COORDINATOR = "coordinator", gettext_noop("Coordinator")
    MEMBER = "member", gettext_noop("Member")
    EMPLOYEE = "employee", gettext_noop("Employee")
    CONTRIBUTOR = "contributor", gettext_noop("Contributor")


class CitizenshipBasis(Vocabulary):
    BIRTH_OR_CHOICE = "birth_or_choice", gettext_noop("By birth or by choice")
    IMPOSED = "imposed", gettext_noop("Imposed by the occupying power")
    UNKNOWN = "unknown", gettext_noop("Not known")


class Understanding(Vocabulary):
    """How well a person understands a language (HURIDOCS, seven levels)."""

    NATIVE = "native", gettext_noop("Native")
    FLUENT = "fluent", gettext_noop("Fluent")
    GOOD = "good", gettext_noop("Good")
    FAIR = "fair", gettext_noop("Fair")
    POOR = "poor", gettext_noop("Poor")
    NONE = "none", gettext_noop("None")
    UNKNOWN = "unknown", gettext_noop("Not known")


# Custody -----------------------------------------------------------------------------------------------------------


class Status(Vocabulary):
    """Where a person stands on a given day; always derived from dated facts (`domain/custody.py`), never typed."""

    MISSING = "missing", gettext_noop("Missing")
    IN_TRANSIT = "in_transit", gettext_noop("In transit, whereabouts unknown")
    HOUSE_ARREST = "house_arrest", gettext_noop("Under house arrest")
    PRETRIAL = "pretrial", gettext_noop("Detained before trial")
    ON_TRIAL = "on_trial", gettext_noop("On trial")
    AWAITING_APPEAL = "awaiting_appeal", gettext_noop("Awaiting appeal")
    SERVING = "serving", gettext_noop("Serving a sentence")
    RELEASED = "released", gettext_noop("Released")
    EXCHANGED = "exchanged", gettext_noop("Freed in an exchange")
    EXILED = "exiled", gettext_noop("Exiled or deported")
    ACQUITTED = "acquitted", gettext_noop("Acquitted")
    DEAD_IN_CUSTODY = "dead_in_custody", gettext_noop("Died in custody")
    DEAD = "dead", gettext_noop("Died")
    UNKNOWN = "unknown", gettext_noop("Not known")

    @property
    def in_custody(self) -> bool:
        """Whether a person of this status is deprived of liberty (house arrest and transit included)."""
        return self in CUSTODY_STATUSES


CUSTODY_STATUSES = frozenset(
    {
        Status.IN_TRANSIT,
        Status.HOUSE_ARREST,
        Status.PRETRIAL,
        Status.ON_TRIAL,
        Status.AWAITING_APPEAL,
        Status.SERVING,
    }
)


class StayKind(Vocabulary):
    SITE = "site", gettext_noop("At a detention site")
    IN_TRANSIT = "in_transit", gettext_noop("In transit")
    HOUSE_ARREST = "house_arrest", gettext_noop("House arrest")
    UNKNOWN = "unknown", gettext_noop("Place not known")


class Whereabouts(Vocabulary):
    """What the captor has acknowledged (HURIDOCS)."""

    CONTACT_FAMILY = "contact_family", gettext_noop("Contact with family permitted")
    CONTACT_COUNSEL = "contact_counsel", gettext_noop("Contact with counsel permitted")
    CONTACT_HUMANITARIAN = "contact_humanitarian", gettext_noop("Contact with a humanitarian organisation permitted")
    LOCATION_DISCLOSED = "location_disclosed", gettext_noop("Place of detention disclosed")
    LOCATION_NOT_DISCLOSED = "location_not_disclosed", gettext_noop("Held, place not disclosed")
    CAPTURE_DENIED = "capture_denied", gettext_noop("Capture denied")
    UNKNOWN = "unknown", gettext_noop("Not known")


class EventKind(Vocabulary):
    ABDUCTION = "abduction", gettext_noop("Abduction")
    DISAPPEARANCE = "disappearance", gettext_noop("Disappearance")
    FOUND = "found", gettext_noop("Found after being missing")
    SEARCH = "search", gettext_noop("Search of premises")
    INTERROGATION = "interrogation", gettext_noop("Interrogation")
    ARREST = "arrest", gettext_noop("Arrest")
    TORTURE_ALLEGED = "torture_alleged", gettext_noop("Torture alleged")
    ILL_TREATMENT = "ill_treatment", gettext_noop("Ill-treatment alleged")
    HUNGER_STRIKE = "hunger_strike", gettext_noop("Hunger strike")
    PUNISHMENT_CELL = "punishment_cell", gettext_noop("Punishment cell")
    STRICT_CONDITIONS = "strict_conditions", gettext_noop("Moved to strict conditions")
    HOSPITALISED = "hospitalised", gettext_noop("Taken to hospital")
    LETTER = "letter", gettext_noop("Letter")
    STATEMENT = "statement", gettext_noop("Public statement")
    VISIT = "visit", gettext_noop("Visit")
    AWARD = "award", gettext_noop("Award")
    PERSECUTED_ACT = "persecuted_act", gettext_noop("The act that was persecuted")
    RELEASE = "release", gettext_noop("Release")
    EXCHANGE = "exchange", gettext_noop("Freed in an exchange")
    ESCAPE = "escape", gettext_noop("Escape")
    EXILE = "exile", gettext_noop("Exile or deportation")
    DEPORTATION_1944 = "deportation_1944", gettext_noop("Deportation of the Crimean Tatars")
    EXECUTION = "execution", gettext_noop("Execution")
    DEATH = "death", gettext_noop("Death")
    REHABILITATION_GRANTED = "rehabilitation_granted", gettext_noop("Rehabilitation granted")
    REHABILITATION_REFUSED = "rehabilitation_refused", gettext_noop("Rehabilitation refused")
    REHABILITATION_RESCINDED = "rehabilitation_rescinded", gettext_noop("Rehabilitation rescinded")
    OTHER = "other", gettext_noop("Other event")


class ReleaseKind(Vocabulary):
    TERM_SERVED = "term_served", gettext_noop("Term served")
    PAROLE = "parole", gettext_noop("Released early")
    PARDON = "pardon", gettext_noop("Pardon")
    AMNESTY = "amnesty", gettext_noop("Amnesty")
    CASE_DROPPED = "case_dropped", gettext_noop("Case dropped")
    UNDER_INVESTIGATION = "under_investigation", gettext_noop("Released while under investigation")
    ILLNESS = "illness", gettext_noop("Released because of illness")
    ACQUITTED = "acquitted", gettext_noop("Acquitted")
    UNKNOWN = "unknown", gettext_noop("How is not known")


# Law and proceedings -----------------------------------------------------------------------------------------------


class ProceedingKind(Vocabulary):
    CRIMINAL = "criminal", gettext_noop("Criminal case")
    ADMINISTRATIVE = "administrative", gettext_noop("Administrative case")
    EXTRAJUDICIAL = "extrajudicial", gettext_noop("Extrajudicial body")
    MILITARY = "military", gettext_noop("Military tribunal")
    REVIEW = "review", gettext_noop("Review of a past conviction")
    NONE = "none", gettext_noop("Held without any proceeding")


class OffenceForm(Vocabulary):
    COMPLETED = "completed", gettext_noop("Completed offence")
    PREPARATION = "preparation", gettext_noop("Preparation")
    ATTEMPT = "attempt", gettext_noop("Attempt")


class DesignationKind(Vocabulary):
    """Labels that a state puts on organisations: its own words, and never those of this site."""

    TERRORIST = "terrorist", gettext_noop("Designated as terrorist by the state that names it so")
    EXTREMIST = "extremist", gettext_noop("Designated as extremist by the state that names it so")


class ChargeOutcome(Vocabulary):
    PENDING = "pending", gettext_noop("Pending")
    CONVICTED = "convicted", gettext_noop("Convicted")
    ACQUITTED = "acquitted", gettext_noop("Acquitted")
    DROPPED = "dropped", gettext_noop("Dropped")
    REQUALIFIED = "requalified", gettext_noop("Replaced by another charge")
    UNKNOWN = "unknown", gettext_noop("Not known")


class CourtKind(Vocabulary):
    DISTRICT = "district", gettext_noop("District court")
    REGIONAL = "regional", gettext_noop("Regional or supreme court of a region")
    MILITARY_DISTRICT = "military_district", gettext_noop("Military district court")
    MILITARY_APPEAL = "military_appeal", gettext_noop("Military court of appeal")
    MILITARY_CASSATION = "military_cassation", gettext_noop("Cassation military court")
    CASSATION = "cassation", gettext_noop("Court of cassation")
    SUPREME = "supreme", gettext_noop("Supreme court")
    SPECIAL_COUNCIL = "special_council", gettext_noop("Special council (OSO)")
    TROIKA = "troika", gettext_noop("Troika")
    TRIBUNAL = "tribunal", gettext_noop("Military tribunal")
    SPECIAL_DEPARTMENT = "special_department", gettext_noop("Special department")
    OTHER = "other", gettext_noop("Other")


class Instance(Vocabulary):
    FIRST = "first", gettext_noop("First instance")
    APPEAL = "appeal", gettext_noop("Appeal")
    CASSATION = "cassation", gettext_noop("Cassation")
    SUPERVISION = "supervision", gettext_noop("Supervision")
    RETRIAL = "retrial", gettext_noop("Retrial")
    EXTRAJUDICIAL = "extrajudicial", gettext_noop("Extrajudicial body")
    REHABILITATION = "rehabilitation", gettext_noop("Rehabilitation")


class DecisionOutcome(Vocabulary):
    CONVICTED = "convicted", gettext_noop("Convicted")
    ACQUITTED = "acquitted", gettext_noop("Acquitted")
    UPHELD = "upheld", gettext_noop("Upheld")
    REDUCED = "reduced", gettext_noop("Sentence reduced")
    INCREASED = "increased", gettext_noop("Sentence increased")
    QUASHED = "quashed", gettext_noop("Quashed")
    SENT_BACK = "sent_back", gettext_noop("Sent back for a new hearing")
    REMANDED = "remanded", gettext_noop("Detention ordered or extended")
    HOUSE_ARREST = "house_arrest", gettext_noop("House arrest ordered")
    CLOSED = "closed", gettext_noop("Case closed")
    ADMINISTRATIVE_ARREST = "administrative_arrest", gettext_noop("Administrative arrest")
    FINED = "fined", gettext_noop("Fined")
    REHABILITATED = "rehabilitated", gettext_noop("Rehabilitated")
    REHABILITATION_REFUSED = "rehabilitation_refused", gettext_noop("Rehabilitation refused")
    REHABILITATION_RESCINDED = "rehabilitation_rescinded", gettext_noop("Rehabilitation rescinded")
    UNKNOWN = "unknown", gettext_noop("Not known")


class RehabilitationOutcome(Vocabulary):
    GRANTED = "granted", gettext_noop("Rehabilitated")
    REFUSED = "refused", gettext_noop("Rehabilitation refused")
    RESCINDED = "rescinded", gettext_noop("Rehabilitation rescinded")


class SentenceKind(Vocabulary):
    """What the sentence as it stands is, by its heaviest part."""

    DEATH = "death", gettext_noop("Death")
    LIFE = "life", gettext_noop("Life imprisonment")
    TERM = "term", gettext_noop("A term of imprisonment")
    SUSPENDED = "suspended", gettext_noop("Suspended")
    OTHER = "other_sentence", gettext_noop("Another punishment")


class Regime(Vocabulary):
    SETTLEMENT = "settlement", gettext_noop("Settlement colony")
    GENERAL = "general", gettext_noop("General regime")
    STRICT = "strict", gettext_noop("Strict regime")
    SPECIAL = "special", gettext_noop("Special regime")
    PRISON = "prison", gettext_noop("Prison")
    EDUCATIONAL = "educational", gettext_noop("Educational colony")
    CAMP = "camp", gettext_noop("Corrective labour camp")
    EXILE = "exile", gettext_noop("Exile")
    UNKNOWN = "unknown", gettext_noop("Regime not known")


class LegalFindingKind(Vocabulary):
    """What the law says about a case, by what it is about."""

    TERM = "term", gettext_noop("Term of imprisonment")
    RETROACTIVE = "retroactive", gettext_noop("Retroactive charge")
    ABOVE_MAXIMUM = "above_maximum", gettext_noop("Sentence above the maximum")
    TRANSFER = "transfer", gettext_noop("Held outside the occupied territory")
    COURT = "court", gettext_noop("Tried outside the occupied territory")
    BEFORE_OCCUPATION = "before_occupation", gettext_noop("Act before the occupation")
    PROVISION_LATER = "provision_later", gettext_noop("Provision later than the act")
    DISTANCE = "distance", gettext_noop("Distance from home")


class FindingAnswer(Vocabulary):
    """How certain a finding is; a figure that is computed has none of these."""

    YES = "yes", gettext_noop("Yes")
    POSSIBLY = "possibly", gettext_noop("Possibly")
    NO = "no", gettext_noop("No")
    FIGURE = "figure", gettext_noop("Computed figure")


class OfficialKind(Vocabulary):
    JUDGE = "judge", gettext_noop("Judge")
    PROSECUTOR = "prosecutor", gettext_noop("Prosecutor")
    INVESTIGATOR = "investigator", gettext_noop("Investigator")
    SECURITY_OFFICER = "security_officer", gettext_noop("Security officer")
    PRISON_OFFICIAL = "prison_official", gettext_noop("Prison official")
    EXPERT = "expert", gettext_noop("Expert for the prosecution")
    OTHER = "other", gettext_noop("Other")


class InvolvementKind(Vocabulary):
    """HURIDOCS: how an official took part."""

    ORDERED = "ordered", gettext_noop("Ordered")
    CARRIED_OUT = "carried_out", gettext_noop("Carried out")
    PLANNED = "planned", gettext_noop("Planned")
    DECIDED = "decided", gettext_noop("Decided as judge")
    PROSECUTED = "prosecuted", gettext_noop("Prosecuted")
    INVESTIGATED = "investigated", gettext_noop("Investigated")
    PASSIVE = "passive", gettext_noop("Passive accomplice")
    SUSPECTED = "suspected", gettext_noop("Suspected")


# Places ------------------------------------------------------------------------------------------------------------


class PlaceKind(Vocabulary):
    COUNTRY = "country", gettext_noop("Country")
    REGION = "region", gettext_noop("Region")
    DISTRICT = "district", gettext_noop("District")
    SETTLEMENT = "settlement", gettext_noop("Settlement")


class SiteKind(Vocabulary):
    IVS = "ivs", gettext_noop("Police cells (IVS)")
    SIZO = "sizo", gettext_noop("Pre-trial detention centre (SIZO)")
    COLONY = "colony", gettext_noop("Penal colony")
    SETTLEMENT_COLONY = "settlement_colony", gettext_noop("Settlement colony")
    EDUCATIONAL_COLONY = "educational_colony", gettext_noop("Educational colony")
    PRISON = "prison", gettext_noop("Prison (tyurma)")
    HOSPITAL = "hospital", gettext_noop("Prison hospital")
    CORRECTIONAL_CENTRE = "correctional_centre", gettext_noop("Correctional centre")
    UNOFFICIAL = "unofficial", gettext_noop("Unofficial place of detention")
    CAMP = "camp", gettext_noop("Camp of the Gulag")
    OTHER = "other", gettext_noop("Other place of detention")


class CoordinatePrecision(Vocabulary):
    EXACT = "exact", gettext_noop("The place itself")
    SETTLEMENT = "settlement", gettext_noop("The settlement it is in")
    REGION = "region", gettext_noop("The region it is in")


# Sources and assessments -------------------------------------------------------------------------------------------


class SourceKind(Vocabulary):
    NEWS = "news", gettext_noop("News report")
    REPORT = "report", gettext_noop("Report of an organisation")
    COURT_DOCUMENT = "court_document", gettext_noop("Court document")
    OFFICIAL = "official", gettext_noop("Official publication")
    ARCHIVE = "archive", gettext_noop("Archive document")
    BOOK = "book", gettext_noop("Book or article")
    INTERVIEW = "interview", gettext_noop("Interview")
    SOCIAL = "social", gettext_noop("Post on a social network")
    LETTER = "letter", gettext_noop("Letter")
    DATASET = "dataset", gettext_noop("Data set")
    OTHER = "other", gettext_noop("Other")


class Reliability(Vocabulary):
    HIGHLY_RELIABLE = "highly_reliable", gettext_noop("Highly reliable")
    RELIABLE = "reliable", gettext_noop("Reliable")
    UNRELIABLE = "unreliable", gettext_noop("Unreliable")
    HIGHLY_UNRELIABLE = "highly_unreliable", gettext_noop("Highly unreliable")
    UNKNOWN = "unknown", gettext_noop("Not known")


class Confidence(Vocabulary):
    CERTAIN = "certain", gettext_noop("Certain")
    PROBABLE = "probable", gettext_noop("Probable")
    DOUBTFUL = "doubtful", gettext_noop("Doubtful")


class OrganisationKind(Vocabulary):
    NGO = "ngo", gettext_noop("Human-rights organisation")
    MOVEMENT = "movement", gettext_noop("Movement")
    INTERGOVERNMENTAL = "intergovernmental", gettext_noop("Intergovernmental body")
    STATE = "state", gettext_noop("State body")
    MEDIA = "media", gettext_noop("Media")
    RELIGIOUS = "religious", gettext_noop("Religious body")
    REPRESENTATIVE = "representative", gettext_noop("Representative body of a people")
    OTHER = "other", gettext_noop("Other")


class AssessmentScheme(Vocabulary):
    PACE = "pace", gettext_noop("PACE Resolution 1900 (2012)")
    WGAD = "wgad", gettext_noop("UN Working Group on Arbitrary Detention")
    OTHER = "other", gettext_noop("Other")


class AssessmentCriterion(Vocabulary):
    """PACE Resolution 1900 (2012), para 3 (a)-(e), and WGAD categories I-V."""

    PACE_A = "pace_a", gettext_noop("(a) violates a fundamental guarantee of the European Convention on Human Rights")
    PACE_B = "pace_b", gettext_noop("(b) purely political reasons, without connection to any offence")
    PACE_C = "pace_c", gettext_noop("(c) for political motives, out of proportion to the offence")
    PACE_D = "pace_d", gettext_noop("(d) for political motives, discriminatory compared with other persons")
    PACE_E = "pace_e", gettext_noop("(e) clearly unfair proceedings connected with political motives")
    WGAD_I = "wgad_i", gettext_noop("Category I: no legal basis")
    WGAD_II = "wgad_ii", gettext_noop("Category II: exercise of protected rights")
    WGAD_III = "wgad_iii", gettext_noop("Category III: grave breach of fair-trial norms")
    WGAD_IV = "wgad_iv", gettext_noop("Category IV: prolonged administrative custody of migrants")
    WGAD_V = "wgad_v", gettext_noop("Category V: discrimination")


class AssessmentDecision(Vocabulary):
    POLITICAL_PRISONER = "political_prisoner", gettext_noop("Political prisoner")
    ARBITRARY = "arbitrary", gettext_noop("Arbitrary detention")
    ARBITRARY_NO_CATEGORY = "arbitrary_no_category", gettext_noop("Arbitrary, no category")
    NOT_ARBITRARY = "not_arbitrary", gettext_noop("Not arbitrary")
    UNJUST = "unjust", gettext_noop("Unjustly imprisoned")
    NO_DECISION = "no_decision", gettext_noop("No decision")


# Support -----------------------------------------------------------------------------------------------------------


class Kinship(Vocabulary):
    SPOUSE = "spouse", gettext_noop("Spouse")
    CHILD = "child", gettext_noop("Child")
    PARENT = "parent", gettext_noop("Parent")
    SIBLING = "sibling", gettext_noop("Sibling")
    GRANDPARENT = "grandparent", gettext_noop("Grandparent")
    OTHER = "other", gettext_noop("Other relative")


class NeedKind(Vocabulary):
    FOOD = "food", gettext_noop("Food")
    HOUSING = "housing", gettext_noop("Housing")
    MEDICAL = "medical", gettext_noop("Medical")
    LEGAL = "legal", gettext_noop("Legal bills")
    TRAVEL = "travel", gettext_noop("Travel to hearings or places of detention")
    PSYCHOSOCIAL = "psychosocial", gettext_noop("Psychosocial help")
    EDUCATION = "education", gettext_noop("Education of children")
    PARCEL = "parcel", gettext_noop("Food and medicine for the prisoner")
    EMERGENCY = "emergency", gettext_noop("Emergency grant")
    RESILIENCE = "resilience", gettext_noop("Resilience grant")
    OTHER = "other", gettext_noop("Other")


class NeedState(Vocabulary):
    OPEN = "open", gettext_noop("Open")
    PARTLY_MET = "partly_met", gettext_noop("Partly met")
    MET = "met", gettext_noop("Met")
    CLOSED = "closed", gettext_noop("Closed")


class Urgency(Vocabulary):
    URGENT = "urgent", gettext_noop("Urgent")
    SOON = "soon", gettext_noop("Soon")
    ROUTINE = "routine", gettext_noop("Routine")


# Review ------------------------------------------------------------------------------------------------------------


class SubmissionState(Vocabulary):
    WAITING = "waiting", gettext_noop("Waiting for review")
    APPROVED = "approved", gettext_noop("Approved and published")
    SENT_BACK = "sent_back", gettext_noop("Sent back")
    RECALLED = "recalled", gettext_noop("Recalled by its author")


class Priority(Vocabulary):
    """How soon a submission should be read; the order of the words is the order of the queue."""

    URGENT = "urgent", gettext_noop("Urgent")
    NORMAL = "normal", gettext_noop("Normal")
    CAN_WAIT = "can_wait", gettext_noop("Can wait")


class PublicationState(Vocabulary):
    PUBLISHED = "published", gettext_noop("Published")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn")


# Audit -------------------------------------------------------------------------------------------------------------


class AuditAction(Vocabulary):
    """What an entry of the audit says was done."""

    CREATED = "created", gettext_noop("Written down")
    CHANGED = "changed", gettext_noop("Changed")
    DELETED = "deleted", gettext_noop("Deleted")
    RESTORED = "restored", gettext_noop("Restored from its history")
    SIGNED_IN = "signed_in", gettext_noop("Signed in")
    SIGNED_OUT = "signed_out", gettext_noop("Signed out")
    SIGN_IN_FAILED = "sign_in_failed", gettext_noop("Sign-in failed")
    LOCKED_OUT = "locked_out", gettext_noop("Locked out after too many attempts")
    CONFIRMED = "confirmed", gettext_noop("Confirmed who they are")
    FACTOR_ADDED = "factor_added", gettext_noop("Second factor added")
    FACTOR_REMOVED = "factor_removed", gettext_noop("Second factor removed")
    PASSWORD_CHANGED = "password_changed", gettext_noop("Password changed")
    SESSIONS_ENDED = "sessions_ended", gettext_noop("Sessions ended")
    INVITED = "invited", gettext_noop("Account invited")
    JOINED = "joined", gettext_noop("Invitation accepted")
    ACCOUNT_CHANGED = "account_changed", gettext_noop("Account or role changed")
    UNSEALED = "unsealed", gettext_noop("Sealed values opened")
    SEALED_AGAIN = "sealed_again", gettext_noop("Sealed values closed")
    FILE_READ = "file_read", gettext_noop("Private file read")
    EXPORTED = "exported", gettext_noop("Exported")
    PUBLISHED = "published", gettext_noop("Published")
    WITHDRAWN = "withdrawn", gettext_noop("Withdrawn from the public")
    KEYS_ROTATED = "keys_rotated", gettext_noop("Keys rotated")
    BACKED_UP = "backed_up", gettext_noop("Backup made")
    RESTORED_BACKUP = "restored_backup", gettext_noop("Backup restored")
    ERASURE_ASKED = "erasure_asked", gettext_noop("Erasure asked for")
    ERASED = "erased", gettext_noop("Erased at lawful request")
    HEAD_BROKEN = "head_broken", gettext_noop("End of the audit found altered")
    RETENTION = "retention", gettext_noop("Removed after its retention period")
    CROWD_MADE = "crowd_made", gettext_noop("Invented crowd made")


# Erasure -----------------------------------------------------------------------------------------------------------


class ErasureGround(Vocabulary):
    """Why a person is erased: a closed list, so that no name stays behind in a reason."""

    PERSON_ASKS = "person_asks", gettext_noop("The person asks for it")
    FAMILY_ASKS = "family_asks", gettext_noop("The family asks for it, in the person's name")
    CONSENT_ENDED = "consent_ended", gettext_noop("The consent was taken back")
    ORDERED = "ordered", gettext_noop("A court or a supervisory authority ordered it")
    NEVER_LAWFUL = "never_lawful", gettext_noop("It should never have been written down")
    PERIOD_OVER = "period_over", gettext_noop("The retention period is over")


class ErasureState(Vocabulary):
    ASKED = "asked", gettext_noop("Waiting for a second person")
    DONE = "done", gettext_noop("Erased")
    DECLINED = "declined", gettext_noop("Declined")
