"""The meaning of the words of the closed lists, in a plain sentence for people. English has the sentence of the list itself (`Word.about`).

Each list has its name in `graph.domain.words`. A list that no page explains has no sentences here.
"""

from __future__ import annotations

from graph.domain import words
from graph.domain.closed_list import ClosedList
from graph.domain.conflict import RULES
from graph.domain.languages import ByLanguage
from graph.domain.predicates import PREDICATES

OTHERS = {"CONFLICT_RULES": RULES, "PREDICATES": PREDICATES}  # lists that stand elsewhere


def explained(of: str, key: str, language: str) -> str:
    """Returns what a word of a closed list means, such as GAP of COVERAGE_STATUSES."""
    sentences = _SENTENCES.get(language, {}).get(of)
    return sentences[key] if sentences else closed_list(of)[key].about


def closed_list(of: str) -> ClosedList:
    """Returns the closed list of a name."""
    found: ClosedList = OTHERS[of] if of in OTHERS else getattr(words, of)
    return found


# fmt: off
_SENTENCES: ByLanguage[dict[str, dict[str, str]]] = ByLanguage({"NL": {
    "COVERAGE_STATUSES": {
        "COVERED": "Een regeling voor deze zorg geldt op deze dag.",
        "UNCERTAIN": "Misschien geldt er een regeling: een verlenging is onbevestigd, een datum vaag, of bronnen spreken elkaar tegen.",
        "GAP": "Een bron zegt dat niemand deze zorg hier levert.",
        "UNKNOWN": "Geen bron zegt hoe het zit. Dat is iets anders dan niet geregeld.",
        "NOT_APPLICABLE": "De vraag past hier niet: de zorgvorm hoort bij een andere regio, of de gemeente bestaat die dag niet.",
    },
    "COVERAGE_REASONS": {
        "CARRIED_FORWARD": "Een oudere bron zegt dit, en geen nieuwere bron bevestigt het.",
        "IN_FORCE": "Een regeling geldt op deze dag.",
        "LOCAL_RESPONSIBILITY": "Een bron laat dit aan elke gemeente zelf over.",
        "OPTION_NOT_CONFIRMED": "De vaste looptijd is voorbij, en geen bron bevestigt dat het contract is verlengd.",
        "PLAN_NOT_CONFIRMED": "Een bron kondigde het aan, en geen bron zegt dat het is doorgegaan.",
        "VAGUE_DATE": "De data in de bronnen zijn te vaag voor deze dag.",
        "STALE": "De laatste bron hierover is meer dan drie jaar oud.",
        "CONTESTED": "De bronnen spreken elkaar tegen en niets geeft de doorslag.",
        "EXCLUDED": "De regeling zondert deze gemeente uit; wie de zorg daar wel levert, zegt geen bron.",
        "ENDED": "De regeling is afgelopen, en geen bron noemt een andere.",
        "NOT_STARTED": "De regeling is nog niet begonnen; een bron noemt de begindatum.",
        "ATTESTED_LATER": "Een bron noemt het pas vanaf een latere dag; of het daarvoor ook zo was, zegt geen bron.",
        "STATED_GAP": "Een bron zegt dat niemand deze zorg hier levert.",
        "MENTIONED": "Bronnen noemen de zorgvorm, maar geen bron zegt wie haar hier levert.",
        "NOT_IN_DATA": "De gemeente is bekend, maar geen bron zegt iets over jeugdhulp daar.",
        "NO_SOURCE": "Geen bron noemt het.",
        "OTHER_DIVISION": "De zorgvorm hoort bij de indeling van een regio waar deze gemeente niet bij hoort.",
        "NO_MUNICIPALITY": "De gemeente bestaat niet op deze dag.",
    },
    "CERTAINTIES": {
        "CERTAIN": "De bronnen laten geen twijfel.",
        "UNCERTAIN": "Het kan: een verlenging is niet bevestigd, een vaste looptijd is voorbij, of een datum is vaag.",
        "UNDATED": "Een bron noemt het voor het eerst of anders, en geen bron zegt sinds wanneer.",
    },
    "BASES": {
        "STATED": "Een bron geeft deze datum voor precies deze uitspraak.",
        "ATTESTED": "Een bron met een datum zegt dat het toen zo was. Daarvoor kan het ook zo zijn geweest.",
        "INHERITED": "Het is de datum van iets anders waar dit van afhangt, zoals het contract.",
    },
    "COMPLETENESS": {
        "COMPLETE": "Een bron zegt dat de lijst volledig is.",
        "INCOMPLETE": "Er ontbreekt iets: een bron telt er meer dan zij noemt.",
        "UNKNOWN": "Geen bron zegt of de lijst volledig is.",
    },
    "ROLES": {
        "MEMBER": "De organisatie doet mee.",
        "LEAD": "De organisatie heeft de leiding.",
        "ACCOUNT_HOLDER": "De organisatie ontvangt en beheert het geld of de afspraak voor de anderen.",
        "COORDINATOR": "De organisatie stemt het werk van de anderen af.",
        "HOST": "De samenwerking is bij deze organisatie ondergebracht, of de mensen zijn er in dienst.",
        "COMMISSIONER": "De organisatie geeft de opdracht.",
        "MANDATED_REPRESENTATIVE": "De organisatie spreekt voor anderen, met hun toestemming.",
        "PROVIDER": "De organisatie levert de zorg.",
        "PARTNER": "De organisatie werkt mee zonder deelnemer te zijn.",
        "ORGANIZER": "De organisatie regelt de bijeenkomsten, zoals de VNG bij BJ42.",
        "OBSERVER": "De organisatie zit erbij en beslist niet mee.",
        "RECORD_KEEPER": "De organisatie houdt de gegevens van de regeling bij in een register.",
    },
    "LEVELS": {
        "SUPRA_REGIONAL": "Tussen jeugdregio’s.",
        "LANDSDEEL": "In een deel van het land, zoals Noord-Holland.",
        "PROVINCIAL": "In overleg van de provincie.",
        "NATIONAL": "In overleg van het hele land, zoals BJ42.",
    },
    "COLLABORATION_KINDS": {
        "JOINT_PROCUREMENT": "Gemeenten of regio’s kopen samen zorg in.",
        "EXPERTISE_NETWORK": "Organisaties delen zeldzame kennis, zoals in BEN NH.",
        "TRANSFORMATION_PROGRAMME": "Een programma dat de zorg zelf verandert, zoals Noordje.",
        "CRISIS_SERVICE": "Hulp bij een crisis, bijvoorbeeld met bedden voor crisisopvang.",
        "FUNDING": "Het verdelen van geld van het Rijk, zoals de SPUK.",
        "PILOT": "Een proef met een nieuwe manier van werken.",
        "SUPPORT_TEAM": "Een team dat helpt als lokale hulp niet genoeg is, zoals het RET.",
        "CHAIN_AGREEMENT": "Afspraken tussen organisaties die na elkaar iets doen, bijvoorbeeld met de rechtbank.",
        "ACTION_PLAN": "Een plan van enkele partijen met acties.",
        "EDUCATION_PARTNERSHIP": "Jeugdhulp en scholen werken samen.",
        "JOINT_ARRANGEMENT": "Een samenwerking volgens de Wet gemeenschappelijke regelingen.",
        "CONSULTATION": "Overleg en afstemming; geen bron noemt een rechtsvorm.",
        "PURCHASING_TEAM": "Een team dat voor anderen zorg inkoopt en contracten sluit, zoals het ROT.",
    },
    "SCALES": {
        "LOCAL": "Binnen één gemeente.",
        "REGIONAL": "Binnen één jeugdregio.",
        "SUPRA_REGIONAL": "Tussen jeugdregio’s.",
        "LANDSDEEL": "In een deel van het land, zoals Noord-Holland.",
        "NATIONAL": "In het hele land.",
    },
    "LEGAL_FORMS": {
        "OPENBAAR_LICHAAM": "Een zelfstandige overheidsorganisatie van gemeenten samen, die zelf contracten kan sluiten.",
        "BEDRIJFSVOERINGSORGANISATIE": "Een zelfstandige organisatie voor het uitvoerende werk van gemeenten.",
        "GEMEENSCHAPPELIJK_ORGAAN": "Een gezamenlijk orgaan dat niet zelfstandig contracten kan sluiten.",
        "CENTRUMREGELING": "Eén gemeente handelt voor de andere.",
        "REGELING_ZONDER_MEER": "De lichtste vorm: alleen afspraken.",
        "CONVENANT": "Schriftelijke afspraken tussen partijen.",
        "DVO": "Een afspraak over diensten die de ene partij aan de andere levert.",
        "INFORMAL": "Niets staat juridisch vast.",
    },
    "CONTRACT_STATUSES": {
        "PENDING": "Het contract is nog niet begonnen.",
        "ACTIVE": "Het contract loopt.",
        "POSSIBLY_EXTENDED": "De vaste looptijd is voorbij, en geen bron bevestigt dat het contract is verlengd.",
        "ENDED": "Het contract is afgelopen.",
        "UNKNOWN": "De bronnen zeggen het niet, of zijn te vaag.",
    },
    "OPTION_STATUSES": {
        "OPEN": "Verlengen kan nog.",
        "EXERCISED": "De verlenging is gebruikt.",
        "LAPSED": "De verlenging is niet gebruikt en kan niet meer.",
        "UNKNOWN": "Geen bron zegt of de verlenging is gebruikt.",
    },
    "PREDICATES": {
        "runs": "De tijd waarin het contract zeker loopt, zonder verlenging.",
        "option": "Een afgesproken mogelijkheid om het contract te verlengen.",
        "buyer": "Wie de zorg inkoopt en betaalt.",
        "supplier": "Wie de zorg volgens het contract levert.",
        "contractManager": "Wie erop let dat de afspraken in het contract worden nagekomen.",
        "under": "De samenwerking waarbinnen het contract is gesloten.",
        "procurement": "De aanbesteding waar het contract uit voortkomt.",
        "succeededBy": "Het contract dat dit contract vervangt.",
        "lot": "Een deel van een aanbesteding.",
        "tenderPublished": "De dag waarop de aanbesteding bekend werd gemaakt.",
        "awardDate": "De dag waarop is besloten wie het contract krijgt.",
        "excepts": "De gemeente waarvoor het contract of de samenwerking niet geldt.",
    },
    "ORGANIZATION_STATUSES": {
        "NOT_YET_FORMED": "De organisatie bestaat nog niet.",
        "ACTIVE": "De organisatie bestaat.",
        "INACTIVE": "De organisatie bestaat niet meer.",
        "UNKNOWN": "Geen bron zegt het.",
    },
    "REGION_KINDS": {
        "YOUTH_REGION": "Gemeenten die samen de jeugdhulp regelen, zoals Zaanstreek-Waterland.",
        "SUBREGION": "Een deel van een jeugdregio, zoals de Zaanstreek.",
        "LANDSDEEL": "Een deel van het land waarin jeugdregio’s samen zeldzame hulp inkopen, zoals Noord-Holland.",
        "PROVINCE": "Een provincie.",
        "CITY_REGION": "Een stad met haar omgeving.",
        "NATIONAL": "Het hele land.",
        "GGD_REGION": "Het werkgebied van een gemeentelijke gezondheidsdienst.",
        "VEILIG_THUIS_REGION": "Het werkgebied van een Veilig Thuis, het meldpunt voor huiselijk geweld en kindermishandeling.",
        "SAFETY_REGION": "Het werkgebied van een brandweer en rampendienst.",
        "CARE_OFFICE_REGION": "Het werkgebied van een zorgkantoor, dat langdurige zorg inkoopt.",
    },
    "METHODS": {
        "STATED": "De bron zegt het zo.",
        "DERIVED": "Wij rekenden het uit met wat de bron zegt.",
        "MANUAL": "Zo lezen wij de bron.",
        "REGISTRY_IMPORT": "Het komt uit een bestand van een register.",
    },
    "LEFT_OUT_REASONS": {
        "PERSONAL_DATA": "Het gaat over een persoon. Hier staan rollen, geen mensen.",
        "PROSE": "Het is een wens, een belofte of een uitleg: niemand doet iets, en er is geen regel, getal of datum.",
        "WORD_USE": "Het zegt hoe de tekst een woord gebruikt.",
        "OTHER_DOCUMENT": "Het staat in een ander stuk, dat hier geen bron is.",
        "OUT_OF_SCOPE": "Het gaat over hulp die gemeenten niet betalen.",
    },
    "CONFLICT_STATUSES": {
        "OPEN": "Niets geeft de doorslag, en geen uitspraak is gekozen.",
        "EXPLAINED": "De reden van het verschil is bekend, en beide uitspraken kunnen blijven staan.",
        "RESOLVED": "Eén uitspraak is gekozen, en de andere zijn terzijde gelegd.",
    },
    "CONFLICT_KINDS": {
        "VALUE": "Bronnen verschillen over wat iets is.",
        "VALIDITY": "Bronnen verschillen over wanneer iets geldt.",
        "MEMBERS": "Bronnen verschillen over wie er meedoet.",
        "NAMING": "Bronnen geven iets een andere naam.",
        "COUNT": "Bronnen tellen anders.",
        "SCOPE": "Bronnen verschillen over hoe ver iets reikt.",
    },
    "CONFLICT_RULES": {
        "rank": "Een uitspraak weegt zwaarder dan de andere; waarom, staat erbij.",
        "authority": "Eén bron weet het meest van dit onderwerp.",
        "specificity": "Een uitspraak noemt precieze data, of een naam in plaats van een aantal.",
        "date": "Eén bron is de nieuwste.",
        "undecided": "Na al deze regels blijft er meer dan één uitspraak over.",
    },
}})
