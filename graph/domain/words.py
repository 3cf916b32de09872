"""The closed lists: every word that a claim or an answer may use from a fixed set, with its names and a sentence about it.

They stand here once. The check of the claims, the enums of the schema with their descriptions, role
labels and facets take them from here. A name is what people call the word, in the order of
LANGUAGES: Dutch, English.
"""

from __future__ import annotations

from graph.domain.closed_list import ClosedList
from graph.domain.languages import LANGUAGES

LANGUAGE_CODES = ClosedList(
    "A language of labels and explanations. NL: taal.", *((one.code, one.about, one.dutch, one.name) for one in LANGUAGES)
)

# fmt: off

# ── taking part ───────────────────────────────────────────────────────────────────────────────────

ROLES = ClosedList("The role in which an organisation takes part. NL: rol.",
    ("MEMBER", "It takes part.", "deelnemer", "member"),
    ("LEAD", "It leads.", "trekker", "lead"),
    ("ACCOUNT_HOLDER", "It holds the account, as Amsterdam does for SPUK.", "accounthouder", "account holder"),
    ("COORDINATOR", "It coordinates.", "coördinator", "coordinator"),
    ("HOST", "It houses the organisation or employs its people.", "gastheer", "host"),
    ("COMMISSIONER", "It commissions the work.", "opdrachtgever", "commissioner"),
    ("MANDATED_REPRESENTATIVE", "It speaks for others with their mandate (see onBehalfOf).",
     "gemandateerd vertegenwoordiger", "mandated representative"),
    ("PROVIDER", "It delivers the care.", "aanbieder", "provider"),
    ("PARTNER", "It cooperates without being a member.", "partner", "partner"),
    ("ORGANIZER", "It organises the meetings, as the VNG does for BJ42.", "organisator", "organizer"),
    ("OBSERVER", "It attends without taking part in decisions.", "toehoorder", "observer"),
    ("RECORD_KEEPER", "It keeps the record of the arrangement in a registry.", "bronhouder", "keeper of the record"),
)
REGION_KINDS = ClosedList("The kind of region. NL: soort regio.",
    ("YOUTH_REGION", "A region that organises youth care, for example JZ09.", "jeugdregio", "youth region"),
    ("SUBREGION", "A part of a youth region, for example Zaanstreek.", "subregio", "subregion"),
    ("LANDSDEEL", "A part of the country, for example Noord-Holland.", "landsdeel", "landsdeel"),
    ("PROVINCE", "A province, for example PV27.", "provincie", "province"),
    ("CITY_REGION", "A city with its surroundings, for example Stadsregio Amsterdam.", "stadsregio", "city region"),
    ("NATIONAL", "The whole country.", "landelijk", "national"),
    ("GGD_REGION", "The area of a municipal health service (GGD), for example GG7306.", "GGD-regio", "municipal health region"),
    ("VEILIG_THUIS_REGION", "The area of a Veilig Thuis, for example VT22.", "Veilig Thuis-regio", "Veilig Thuis region"),
    ("SAFETY_REGION", "The area of a fire service and of disaster relief, for example VR11.", "veiligheidsregio", "safety region"),
    ("CARE_OFFICE_REGION", "The area of a buyer of long-term care, for example ZK26.", "zorgkantoorregio", "care office region"),
)
COLLABORATION_KINDS = ClosedList("The purpose of a collaboration. NL: soort samenwerking.",
    ("JOINT_PROCUREMENT", "Buying care together.", "gezamenlijke inkoop", "joint procurement"),
    ("EXPERTISE_NETWORK", "Sharing rare expertise, for example BEN NH.", "expertisenetwerk", "expertise network"),
    ("TRANSFORMATION_PROGRAMME", "Changing the care itself, for example Noordje.", "transformatieprogramma", "transformation programme"),
    ("CRISIS_SERVICE", "Help in a crisis, for example the (L)VB crisis beds.", "crisisdienst", "crisis service"),
    ("FUNDING", "Dividing money of the State, for example SPUK.", "financiering", "funding"),
    ("PILOT", "A trial of a new way of working.", "proeftuin", "pilot"),
    ("SUPPORT_TEAM", "A team that helps if local help does not suffice, for example the RET.", "expertteam", "support team"),
    ("CHAIN_AGREEMENT", "Agreements between organisations in a chain, for example with the court.", "ketenafspraak", "chain agreement"),
    ("ACTION_PLAN", "A plan of actions by several parties.", "actieplan", "action plan"),
    ("EDUCATION_PARTNERSHIP", "Youth care and schools working together.", "samenwerking met het onderwijs", "education partnership"),
    ("JOINT_ARRANGEMENT", "A joint arrangement under the law.", "gemeenschappelijke regeling", "joint arrangement"),
    ("CONSULTATION", "Consulting and aligning; no source gives it a form in law.", "afstemming", "consultation"),
    ("PURCHASING_TEAM", "A team that buys care and contracts providers for others, for example the ROT.", "inkoopteam", "purchasing team"),
)
SCALES = ClosedList("The geographic scale of a collaboration. NL: schaal.",
    ("LOCAL", "Within one municipality.", "lokaal", "local"),
    ("REGIONAL", "Within one youth region.", "regionaal", "regional"),
    ("SUPRA_REGIONAL", "Between youth regions.", "bovenregionaal", "supra regional"),
    ("LANDSDEEL", "Within a part of the country, for example Noord-Holland.", "landsdeel", "landsdeel"),
    ("NATIONAL", "In the whole country.", "landelijk", "national"),
)
LEVELS = ClosedList("The level at which an organisation speaks for another. NL: niveau.",
    ("SUPRA_REGIONAL", "Among youth regions.", "bovenregionaal", "supra-regional"),
    ("LANDSDEEL", "In a part of the country, for example Noord-Holland.", "landsdeel", "landsdeel"),
    ("PROVINCIAL", "At meetings of the province.", "provinciaal", "provincial"),
    ("NATIONAL", "At meetings of the whole country, for example BJ42.", "landelijk", "national"),
)
ACCESS_ROUTES = ClosedList("By whom one is referred to care. NL: toegang.",
    ("MUNICIPALITY", "The municipality, mostly through a local team.", "gemeentelijke toegang", "municipality"),
    ("GENERAL_PRACTITIONER", "The general practitioner.", "huisarts", "general practitioner"),
    ("CERTIFIED_INSTITUTION", "A certified institution.", "gecertificeerde instelling", "certified institution"),
    ("MEDICAL_REFERRER", "Another, mostly medical, referrer.", "andere (medische) verwijzer", "other (medical) referrer"),
)
DOCUMENT_KINDS = ClosedList("The kind of document. NL: soort document.",
    ("LAW", "A law, or a scheme of the State, for example the Jeugdwet.", "wet of regeling", "law"),
    ("POLICY", "A vision, plan or agenda, for example the Hervormingsagenda.", "beleid of plan", "policy"),
    ("AGREEMENT", "What parties agreed, for example the covenant on the RET or a service-level agreement.",
     "convenant of overeenkomst", "agreement"),
    ("STANDARD", "What an organisation asks of others, for example the Norm voor Opdrachtgeverschap.", "norm", "standard"),
    ("GUIDE", "Advice on how to do something.", "handreiking", "guide"),
    ("TENDER_DOCUMENT", "A paper of a tender.", "inkoopdocument", "tender document"),
    ("REPORT", "A report.", "rapport", "report"),
    ("PUBLICATION", "A letter, a press release or a web page.", "brief, bericht of webpagina", "publication"),
    ("INSTRUMENT", "A means of working or paying, for example the BOK or the perspectiefplan.", "instrument", "instrument"),
    ("FORM", "A form, for example the VOT.", "formulier", "form"),
    ("RULE", "A rule, for example the maximum waiting time.", "regel", "rule"),
)
LEGAL_FORMS = ClosedList("The legal form of a collaboration. NL: rechtsvorm.",
    ("OPENBAAR_LICHAAM", "A public body with legal personality.", "openbaar lichaam", "openbaar lichaam"),
    ("BEDRIJFSVOERINGSORGANISATIE", "An organisation for shared operations, with legal personality.",
     "bedrijfsvoeringsorganisatie", "bedrijfsvoeringsorganisatie"),
    ("GEMEENSCHAPPELIJK_ORGAAN", "A joint body without legal personality.", "gemeenschappelijk orgaan", "gemeenschappelijk orgaan"),
    ("CENTRUMREGELING", "One municipality acts for the others.", "centrumregeling", "centrumregeling"),
    ("REGELING_ZONDER_MEER", "The lightest joint arrangement: agreements and nothing more.",
     "regeling zonder meer", "regeling zonder meer"),
    ("CONVENANT", "A covenant.", "convenant", "convenant"),
    ("DVO", "A service-level agreement.", "dienstverleningsovereenkomst", "dvo"),
    ("INFORMAL", "Nothing in law.", "informeel", "informal"),
)

# ── names and codes ───────────────────────────────────────────────────────────────────────────────

NAME_KINDS = ClosedList("The kind of name. NL: soort naam.",
    ("OFFICIAL", "The name in law or in a registry.", "officiële naam", "official name"),
    ("SHORT", "A shorter name in daily use.", "korte naam", "short name"),
    ("ABBREVIATION", "An abbreviation, for example ZaWa.", "afkorting", "abbreviation"),
    ("FORMER", "A name of the past.", "vroegere naam", "former name"),
    ("MISSPELLING", "A wrong spelling that occurs in sources, kept so that a search for it succeeds.", "verschrijving", "misspelling"),
)
TEXT_KINDS = ClosedList("The kind of text that matches a search. NL: soort tekst.",  # of equal matches the first kind is shown
    ("NAME", "The name, in Dutch or English.", "naam", "name"),
    ("CODE", "An identifier without its scheme, for example GM0479.", "code", "code"),
    ("OFFICIAL", "The name in law or in a registry.", "officiële naam", "official name"),
    ("SHORT", "A shorter name.", "korte naam", "short name"),
    ("ABBREVIATION", "An abbreviation, for example ZaWa.", "afkorting", "abbreviation"),
    ("FORMER", "A name of the past.", "vroegere naam", "former name"),
    ("SLUG", "The slug, for example zawa-b.", "slug", "slug"),
    ("MISSPELLING", "A wrong spelling that occurs in sources.", "verschrijving", "misspelling"),
    ("IDENTIFIER", "An identifier with its scheme, for example CBS_GM:GM0479.", "kenmerk", "identifier"),
    ("KEY", "The id without a date, for example municipality/zaanstad.", "sleutel", "key"),
    ("URI", "The URI here, for example urn:regiograaf:municipality:zaanstad.", "URI", "URI"),
)
IDENTIFIER_SCHEMES = ClosedList("A registry that issues identifiers. NL: register.",
    ("CBS_GM", "Municipality code of Statistics Netherlands, for example GM0479.", "gemeentecode", "municipality code"),
    ("CBS_JZ", "Youth region code of Statistics Netherlands, for example JZ09.", "jeugdzorgregiocode", "youth region code"),
    ("CBS_PV", "Province code of Statistics Netherlands, for example PV27.", "provinciecode", "province code"),
    ("CBS_GG", "GGD region code of Statistics Netherlands, for example GG7306.", "GGD-regiocode", "municipal health region code"),
    ("CBS_VT", "Veilig Thuis code of Statistics Netherlands, for example VT22.", "Veilig Thuis-regiocode", "Veilig Thuis region code"),
    ("CBS_VR", "Safety region code of Statistics Netherlands, for example VR11.", "veiligheidsregiocode", "safety region code"),
    ("CBS_ZK", "Care office region code of Statistics Netherlands, for example ZK26.", "zorgkantoorregiocode", "care office region code"),
    ("TOOI", "Thesaurus of government organisations, for example gm0479.", "TOOI-waardelijst", "TOOI thesaurus"),
    ("KVK", "Chamber of Commerce number, eight digits, for example 27381312.", "KVK-nummer", "Chamber of Commerce number"),
    ("RSIN", "Legal entity number, nine digits with a check digit, for example 822477348.", "RSIN", "RSIN"),
    ("OIN", "Government identification number, for example 00000001822477348000.",
     "organisatie-identificatienummer", "government identification number"),
    ("AGB", "Care provider code of Vektis, eight digits, for example 22220001.", "AGB-code", "AGB code"),
    ("OCID", "Open Contracting ID of a procurement, for example ocds-abc123-1.", "OCID", "Open Contracting ID"),
    ("TENDERNED", "Number of a publication on TenderNed, for example 123456.", "TenderNed-kenmerk", "TenderNed number"),
    ("WIKIDATA", "Wikidata item, for example Q9978.", "Wikidata-item", "Wikidata item"),
    ("ROO", "Registry of government organisations, for example 24962655.",
     "Register van Overheidsorganisaties", "registry of government organisations"),
    ("OWMS", "Web metadata standard of the government, for example http://standaarden.overheid.nl/owms/terms/Zaanstad.",
     "OWMS-waardelijst", "OWMS term"),
    ("EU_ATU", "Administrative unit of the European Union, for example NLD_GEM_ZST.",
     "EU-lijst van bestuurlijke gebieden", "EU administrative unit"),
    ("LOCAL", "An identifier of our own, for example B-12.", "eigen kenmerk", "identifier of our own"),
)
RESOLUTION_PROBLEMS = ClosedList("Why an identifier or name does not lead to one entity with certainty. NL: soort probleem.",
    ("EMPTY", "It has no letter or digit.", "leeg", "empty"),
    ("TOO_LONG", "It has more than 200 characters.", "te lang", "too long"),
    ("MALFORMED", "Its form or its check digit is not that of its scheme.", "onjuiste vorm", "malformed"),
    ("UNKNOWN", "It is well formed, but no entity has it.", "onbekend", "unknown"),
    ("AMBIGUOUS", "It can mean several entities; they are the candidates.", "meerduidig", "ambiguous"),
    ("SEVERAL_SCHEMES", "Its form leaves open of which registry it is; the candidate says which one matched.",
     "meerdere registers", "several schemes"),
    ("ZEROS_MISSING", "Zeros before it are missing; the candidate is the one that has it with those zeros.",
     "nullen weggevallen", "zeros missing"),
)

# ── time ──────────────────────────────────────────────────────────────────────────────────────────

TERNARY = ClosedList("An answer to a yes-or-no question, with a value for not known. NL: ja, nee of onbekend.",
    ("YES", "Certainly.", "ja", "yes"),
    ("NO", "Certainly not.", "nee", "no"),
    ("UNKNOWN", "The sources do not say, or are too vague.", "onbekend", "unknown"),
)
CERTAINTIES = ClosedList("How certain it is that something began, ended or happened. NL: zekerheid.",
    ("CERTAIN", "The sources leave no doubt.", "zeker", "certain"),
    ("UNCERTAIN", "It is possible: an option that no source confirms, a firm term that is over, a vague date.", "onzeker", "uncertain"),
    ("UNDATED", "A source mentions it for the first time, or differently, and no source says since when.", "zonder datum", "undated"),
)
DATE_PRECISIONS = ClosedList("How precisely a source dates something. NL: nauwkeurigheid.",
    ("DAY", "A day, for example 2022-01-01.", "dag", "day"),
    ("MONTH", "A month, for example 2022-12.", "maand", "month"),
    ("SEASON", "A season, for example 2021-23 (autumn 2021).", "seizoen", "season"),
    ("YEAR", "A year, for example 2014.", "jaar", "year"),
    ("UNKNOWN", "A range or a bound that is none of these, for example ../2013.", "onbekend", "unknown"),
)
EVENT_KINDS = ClosedList("The kind of event. NL: soort gebeurtenis.",
    ("MERGER", "Organisations become one, as Beemster and Purmerend did.", "fusie of herindeling", "merger"),
    ("SPLIT", "An organisation is divided.", "splitsing", "split"),
    ("RENAME", "An organisation takes another name.", "naamswijziging", "change of name"),
    ("CODE_CHANGE", "A registry gives it another code.", "codewijziging", "change of code"),
    ("FOUNDATION", "Something begins to exist.", "oprichting", "foundation"),
    ("DISSOLUTION", "Something ceases to exist.", "opheffing", "dissolution"),
    ("JOIN", "An organisation begins to take part.", "toetreding", "joining"),
    ("LEAVE", "An organisation ceases to take part.", "uittreding", "leaving"),
    ("TENDER", "A tender is published or awarded.", "aanbesteding", "tender"),
    ("CONTRACT_START", "A contract begins.", "ingang van een contract", "start of a contract"),
    ("CONTRACT_EXTENSION", "A contract is extended.", "verlenging", "extension of a contract"),
    ("CONTRACT_END", "A contract ends.", "einde van een contract", "end of a contract"),
    ("AGREEMENT", "Parties agree or adopt something.", "afspraak", "agreement"),
    ("LAW", "A law, or a task that the law gives.", "wet", "law"),
    ("PUBLICATION", "A document is published, sent or presented.", "publicatie", "publication"),
    ("START", "A way of working or a tool comes into use.", "start", "start"),
)
BASES = ClosedList("Where a bound of a period comes from. NL: grondslag van een datum.",
    ("STATED", "A source gives it for this very statement.", "vermeld", "stated"),
    ("ATTESTED", "A dated source says that it holds then; from that time it is certain, before that it may hold.",
     "voor het eerst vermeld", "first named"),
    ("INHERITED", "It is that of the thing on which the statement depends, such as its contract. It limits what is possible "
     "and makes nothing certain.", "afgeleid uit het geheel", "inherited"),
)
MOMENT_KINDS = ClosedList(EVENT_KINDS.about,  # of a timeline, which also tells of what is no event
    *((word.key, word.about, word.names["NL"], word.names["EN"]) for word in EVENT_KINDS.values()),
    ("FIRST_NAMED", "A source speaks of it for the first time and does not say since when it is so.",
     "voor het eerst vermeld", "first named"),
)
CHANGE_KINDS = ClosedList("The kind of change. NL: soort wijziging.",
    ("ADDED", "It began, or may have begun: see certainty.", "begonnen", "added"),
    ("REMOVED", "It ended, or may have ended: see certainty.", "geëindigd", "removed"),
    ("CHANGED", "Its value or its certainty changed, or an event happened to it: see certainty.", "gewijzigd", "changed"),
)
CLAIM_CHANGE_KINDS = ClosedList("What a load of new data did to a claim. NL: soort wijziging.",
    ("ADDED", "It was not there before.", "toegevoegd", "added"), ("REMOVED", "It is no longer there.", "vervallen", "removed"),
    ("CHANGED", "It says something else, or says it elsewhere in its source.", "gewijzigd", "changed"))
ORGANIZATION_STATUSES = ClosedList("Whether an organisation exists on a day. NL: status.",
    ("NOT_YET_FORMED", "It does not exist yet.", "nog niet opgericht", "not yet formed"),
    ("ACTIVE", "It exists.", "actief", "active"),
    ("INACTIVE", "It no longer exists.", "opgeheven", "inactive"),
    ("UNKNOWN", "No source says.", "onbekend", "unknown"),
)
CONTRACT_STATUSES = ClosedList("Whether a contract is in force on a day. NL: status.",
    ("PENDING", "It has not begun.", "nog niet ingegaan", "pending"),
    ("ACTIVE", "It is in force.", "lopend", "in force"),
    ("POSSIBLY_EXTENDED", "Its firm term is over and no source confirms the option to extend it.",
     "mogelijk verlengd", "possibly extended"),
    ("ENDED", "It has ended.", "beëindigd", "ended"),
    ("UNKNOWN", "The sources do not say, or are too vague.", "onbekend", "unknown"),
)
OPTION_STATUSES = ClosedList("What is known of an option to extend a contract. NL: status van de optie.",
    ("OPEN", "It can still be used.", "open", "open"),
    ("EXERCISED", "It was used.", "benut", "used"),
    ("LAPSED", "It was not used and can no longer be used.", "vervallen", "lapsed"),
    ("UNKNOWN", "No source says.", "onbekend", "unknown"),
)

# ── coverage ──────────────────────────────────────────────────────────────────────────────────────

COVERAGE_STATUSES = ClosedList("Whether care is arranged for a municipality on a day. Absence of evidence is never a GAP. NL: dekking.",
    ("COVERED", "An arrangement is in force.", "geregeld", "arranged"),
    ("UNCERTAIN", "An arrangement may be in force: an option that no source confirms, a vague date, an open conflict.",
     "onzeker", "uncertain"),
    ("GAP", "A source says that nobody delivers it.", "niet geregeld", "not arranged"),
    ("UNKNOWN", "No source says.", "onbekend", "unknown"),
    ("NOT_APPLICABLE", "The question does not apply: the function belongs to the division of another region, or the municipality does "
     "not exist on that day.", "niet van toepassing", "not applicable"),
)
COVERAGE_REASONS = ClosedList("The reason for a coverage status. NL: reden.",  # the weightiest first
    ("CARRIED_FORWARD", "An older source says so and no newer source confirms it.",
     "voortgezet uit een oudere bron", "carried forward from an older source"),
    ("IN_FORCE", "An arrangement is in force.", "van kracht", "in force"),
    ("LOCAL_RESPONSIBILITY", "A source leaves it to each municipality for itself.", "lokale verantwoordelijkheid", "local responsibility"),
    ("OPTION_NOT_CONFIRMED", "The firm term is over and no source confirms the extension.",
     "verlenging niet bevestigd", "extension not confirmed"),
    ("PLAN_NOT_CONFIRMED", "A source announced it, and no source says that it came about.", "plan niet bevestigd", "plan not confirmed"),
    ("VAGUE_DATE", "The dates are too vague for this day.", "vage datum", "vague date"),
    ("STALE", "More than three years have passed since the last source on it was written.", "verouderd", "stale"),
    ("CONTESTED", "The sources contradict each other and nothing decides between them.", "betwist", "contested"),
    ("EXCLUDED", "The arrangement expressly excludes this municipality; no source says who serves it.", "uitgezonderd", "excluded"),
    ("ENDED", "The arrangement has ended, and no source names another.", "beëindigd", "ended"),
    ("NOT_STARTED", "The arrangement has not begun: a source gives its beginning.", "nog niet ingegaan", "not started"),
    ("ATTESTED_LATER", "A source speaks of it only from a later day; whether it was so before, no source says.",
     "pas later vermeld", "named only later"),
    ("STATED_GAP", "A source says that nobody delivers it.", "vastgestelde lacune", "stated gap"),
    ("MENTIONED", "Sources name the function, but none says who delivers it here.", "genoemd, niet belegd", "mentioned"),
    ("NOT_IN_DATA", "The municipality is known, but no source here says anything about youth care there.",
     "niet in de gegevens", "not in the data"),
    ("NO_SOURCE", "No source mentions it.", "geen bron", "no source"),
    ("OTHER_DIVISION", "The function belongs to the division of a region of which the municipality is no part.",
     "indeling van een andere regio", "division of another region"),
    ("NO_MUNICIPALITY", "The municipality does not exist on that day.", "gemeente bestaat niet", "no such municipality"),
)

# ── where it comes from ───────────────────────────────────────────────────────────────────────────

SOURCE_KINDS = ClosedList("The kind of source. NL: soort bron.",
    ("DOCUMENT", "A written text: a regional vision, a press release, a web page.", "document", "document"),
    ("REGISTRY", "A file of a national registry, such as CBS or TOOI.", "register", "registry"),
)
LEFT_OUT_REASONS = ClosedList("Why something that a source says is no claim. NL: reden van weglaten.",
    ("PERSONAL_DATA", "It is about a person; the data have roles, not people.", "persoonsgegevens", "personal data"),
    ("PROSE", "It says what is wished for, promised or explained: nobody who does something, no rule, number or date.",
     "beschouwing", "prose"),
    ("WORD_USE", "It says how the text uses a word.", "uitleg van een woord", "use of a word"),
    ("OTHER_DOCUMENT", "It stands in another document, which is no source here.",
     "inhoud van een ander stuk", "content of another document"),
    ("OUT_OF_SCOPE", "It is about help that municipalities do not pay for.", "buiten het onderwerp", "out of scope"),
)
RANKS = ClosedList("The weight of a claim beside others about the same fact. NL: rang.",
    ("PREFERRED", "Counts before others; rankReason says why.", "voorkeur", "preferred"),
    ("NORMAL", "Counts like any other.", "gewoon", "normal"),
    ("DEPRECATED", "Known to be wrong; kept so that it can still be consulted.", "verworpen", "deprecated"),
)
METHODS = ClosedList("How a claim was established. NL: wijze van vaststelling.",
    ("STATED", "The source says so.", "vermeld", "stated"),
    ("DERIVED", "We computed it from what the source says.", "afgeleid", "derived"),
    ("MANUAL", "Our reading of the source.", "geïnterpreteerd", "interpreted"),
    ("REGISTRY_IMPORT", "Taken from a registry file.", "overgenomen uit een register", "taken from a registry"),
)
CONFLICT_KINDS = ClosedList("The subject of a conflict between claims. NL: soort tegenspraak.",
    ("VALUE", "What something is.", "waarde", "value"),
    ("VALIDITY", "When it holds.", "geldigheid", "validity"),
    ("MEMBERS", "Who takes part in it.", "deelnemers", "members"),
    ("NAMING", "What it is called.", "benaming", "naming"),
    ("COUNT", "How many there are.", "aantal", "count"),
    ("SCOPE", "How far it reaches.", "reikwijdte", "scope"),
)
CONFLICT_STATUSES = ClosedList("The state of a conflict. NL: status.",
    ("OPEN", "Nothing decides it: no claim is chosen.", "open", "open"),
    ("EXPLAINED", "The reason for the difference is known, and both claims may stand.", "verklaard", "explained"),
    ("RESOLVED", "One claim is chosen and the others are set aside.", "opgelost", "resolved"),
)
MEASURES = ClosedList("What a figure counts or measures. NL: maat.",
    ("MUNICIPALITIES", "Municipalities.", "gemeenten", "municipalities"),
    ("YOUTH_REGIONS", "Youth regions.", "jeugdregio's", "youth regions"),
    ("PROVIDERS", "Providers that take part.", "aanbieders", "providers"),
    ("SUPPLIERS", "Providers with a contract.", "gecontracteerde aanbieders", "contracted providers"),
    ("CERTIFIED_INSTITUTIONS", "Certified institutions.", "gecertificeerde instellingen", "certified institutions"),
    ("SCHOOL_PARTNERSHIPS", "Partnerships of schools.", "samenwerkingsverbanden van scholen", "school partnerships"),
    ("COLLEGES", "Municipal executives that adopt or present something.", "colleges", "municipal executives"),
    ("THEMES", "Themes.", "thema's", "themes"),
    ("SPEND", "Money spent.", "uitgaven", "spend"),
    ("POPULATION", "Inhabitants.", "inwoners", "inhabitants"),
    ("YOUNG_PEOPLE", "Young people.", "jongeren", "young people"),
    ("YOUNG_PEOPLE_WITH_CARE", "Young people with youth care.", "jongeren met jeugdzorg", "young people with youth care"),
    ("WAITING_TIME", "How long one may have to wait.", "wachttijd", "waiting time"),
    ("DECISION_TIME", "How long one may take to decide.", "beslistijd", "time to decide"),
)
UNITS = ClosedList("The unit of a figure. NL: eenheid.",
    ("COUNT", "A number of things.", "aantal", "number"),
    ("PERCENT", "A part of a hundred.", "procent", "percent"),
    ("EUR", "Euro.", "euro", "euro"),
    ("WEEKS", "Weeks.", "weken", "weeks"),
    ("MONTHS", "Months.", "maanden", "months"),
)
COMPLETENESS = ClosedList("Whether a list is known to be complete. NL: volledigheid.",
    ("COMPLETE", "A source says that the list is complete.", "volledig", "complete"),
    ("INCOMPLETE", "The list is known to be incomplete: a source counts more than it names.", "onvolledig", "incomplete"),
    ("UNKNOWN", "No source says whether the list is complete.", "onbekend", "unknown"),
)
LISTS = ("members", "providers", "municipalities", "buyers", "suppliers", "functions", "regions")  # a source may call these complete
