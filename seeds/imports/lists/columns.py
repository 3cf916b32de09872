"""The columns of the two lists: what each is called, what stands in it, and an example. Templates and readers take them from here."""

from __future__ import annotations

from graph.domain import words
from graph.domain.closed_list import ClosedList
from seeds.imports.lists.heading import Column

YES_OR_NO = ClosedList("Yes or no. NL: ja of nee.", ("YES", "Yes.", "ja", "yes"), ("NO", "No.", "nee", "no"))
_SEVERAL = "Meer namen: met een puntkomma ertussen, of elk in een eigen rij."
_KNOWN = "Een naam, afkorting of code die al in de gegevens staat."
_DATE = "Schrijf 1-1-2022, januari 2022 of 2022."

CONTRACTS = (
    Column("reference", "Kenmerk", "Reference",
           "Uw eigen kenmerk van het contract. Rijen met hetzelfde kenmerk gaan over hetzelfde contract.",
           "ZW-2024-017", also=("Contractnummer", "Contract number", "Contractkenmerk"), required=True),
    Column("name", "Naam", "Name", "De naam van het contract, in een van de rijen.", "Ambulante jeugdhulp 2024",
           also=("Naam contract", "Naam van het contract", "Contractnaam", "Contract name"), required=True),
    Column("known", "Bekend als", "Known as", "Alleen als het contract al in de gegevens staat: de sleutel ervan.", "contract/zawa-2022"),
    Column("planned", "Gepland", "Planned", "Ja als het contract alleen is voorgenomen of aangekondigd.", "nee", words=YES_OR_NO),
    Column("start", "Ingangsdatum", "Start date", f"De eerste dag van de vaste looptijd. {_DATE}", "1-1-2024",
           also=("Begindatum", "Startdatum")),
    Column("end", "Einddatum", "End date",
           f"De laatste dag van de vaste looptijd, zonder opties. {_DATE} Is er geen einde: onbepaalde tijd.", "31-12-2027",
           also=("Einddatum (laatste dag)", "Laatste dag", "Last day")),
    Column("option", "Optie", "Option", "Het volgnummer van een optie om te verlengen. Geef elke optie een eigen rij.", "1",
           also=("Optienummer", "Option number")),
    Column("option_from", "Optie van", "Option from", f"De eerste dag van deze optie. {_DATE}", "1-1-2028"),
    Column("option_until", "Optie tot en met", "Option through", f"De laatste dag van deze optie. {_DATE}", "31-12-2028",
           also=("Optie t/m",)),
    Column("option_status", "Status van de optie", "Option status", "Wat er met deze optie is gedaan, als de lijst dat zegt.", "open",
           also=("Optiestatus",), words=words.OPTION_STATUSES),
    Column("buyers", "Inkopers", "Buyers", f"De gemeenten of regio's die inkopen. {_KNOWN} {_SEVERAL}", "Zaanstad; Purmerend",
           also=("Inkoper", "Buyer", "Opdrachtgever", "Opdrachtgevers")),
    Column("suppliers", "Aanbieders", "Suppliers",
           f"De gecontracteerde aanbieders. {_KNOWN} Is een aanbieder nieuw: zet (nieuw) achter de naam. {_SEVERAL}",
           "Levvel; Zorgboerderij De Linde (nieuw)",
           also=("Aanbieder", "Supplier", "Opdrachtnemer", "Opdrachtnemers", "Zorgaanbieder", "Zorgaanbieders", "Leverancier")),
    Column("management", "Contractmanagement", "Contract management", f"De organisatie die het contract beheert. Geen persoon. {_KNOWN}",
           "Zaanstreek-Waterland"),
    Column("functions", "Zorgfuncties", "Care functions", f"De zorg die wordt geleverd. {_KNOWN} {_SEVERAL}", "function/zawa-b; dyslexie",
           also=("Zorgfunctie", "Care function", "Zorgvorm", "Zorgvormen", "Segment", "Segmenten")),
    Column("area", "Gebied", "Area", f"De regio's of gemeenten waarvoor het contract geldt. {_KNOWN} {_SEVERAL}", "Zaanstreek-Waterland",
           also=("Geldt voor",)),
    Column("excepted", "Uitgezonderd", "Excepted", f"De gemeenten in dat gebied waarvoor het niet geldt. {_KNOWN} {_SEVERAL}", "Oostzaan",
           also=("Behalve", "Except")),
    Column("row_from", "Rij geldt vanaf", "Row from",
           f"Vanaf wanneer wat deze rij noemt (inkopers, aanbieders, zorg, gebied) geldt, als de lijst dat zegt. {_DATE}", "1-1-2024"),
    Column("row_until", "Rij geldt tot en met", "Row through",
           f"De laatste dag waarop wat deze rij noemt geldt, als de lijst dat zegt. {_DATE}", "31-12-2025", also=("Rij geldt t/m",)),
    Column("under", "Samenwerking", "Collaboration", f"De samenwerking waaronder het contract is gesloten. {_KNOWN}", "Samenwerking ZaWa",
           also=("Valt onder", "Under")),
    Column("procurement", "Inkoopprocedure", "Procurement", f"De inkoopprocedure waaruit het contract komt. {_KNOWN}",
           "procurement/zawa-2022", also=("Aanbesteding", "Tender")),
    Column("notice", "TenderNed-kenmerk", "TenderNed number", "Het nummer van de publicatie op TenderNed.", "123456",
           also=("TenderNed", "TenderNed-nummer", "TenderNed kenmerk")),
    Column("successor", "Opgevolgd door", "Succeeded by", "Het kenmerk in deze lijst, of de naam, van het contract dat volgt.",
           "ZW-2028-003", also=("Opvolger", "Successor")),
    Column("spend", "Uitgaven (euro)", "Spend (euro)", "Wat in een jaar is uitgegeven aan dit contract.", "1.250.000,50",
           also=("Uitgaven", "Spend")),
    Column("spend_year", "Jaar van de uitgaven", "Year of the spend", "Het jaar van die uitgaven.", "2024", also=("Uitgavenjaar",)),
)  # fmt: skip

PROVIDERS = (
    Column("name", "Naam", "Name", "De naam van de aanbieder. Rijen met dezelfde naam gaan over dezelfde aanbieder.",
           "Zorgboerderij De Linde", also=("Aanbieder", "Provider", "Naam aanbieder", "Provider name"), required=True),
    Column("new", "Nieuw", "New", "Ja als de aanbieder nog niet in de gegevens staat.", "ja", words=YES_OR_NO),
    Column("known", "Bekend als", "Known as", "Als de naam in de gegevens anders is: de sleutel ervan.", "provider/parlan"),
    Column("kvk", "KVK-nummer", "KVK number", "Acht cijfers, ook de nul vooraan.", "01234567",
           also=("KVK", "KvK-nummer", "Chamber of Commerce number")),
    Column("rsin", "RSIN", "RSIN number", "Negen cijfers. Geen burgerservicenummer.", "822477348"),
    Column("agb", "AGB-code", "AGB code", "Acht cijfers.", "22220001", also=("AGB",)),
    Column("oin", "OIN", "OIN number", "Twintig cijfers.", "00000001822477348000"),
    Column("certified", "Gecertificeerde instelling", "Certified institution",
           "Ja als de aanbieder een gecertificeerde instelling (GI) is.", "nee", also=("GI",), words=YES_OR_NO),
    Column("other_name", "Andere naam", "Other name", "Een andere naam van de aanbieder. Geef elke andere naam een eigen rij.", "De Linde",
           also=("Afkorting", "Handelsnaam", "Alternate name")),
    Column("name_kind", "Soort naam", "Type of name", "Wat voor naam die andere naam is.", "korte naam", words=words.NAME_KINDS),
    Column("from", "Bestaat vanaf", "Exists from", f"De eerste dag waarop de aanbieder bestaat. {_DATE}", "1-1-2020",
           also=("Opgericht op", "Opgericht")),
    Column("until", "Bestaat tot en met", "Exists through", f"De laatste dag waarop de aanbieder bestaat. {_DATE}", "31-12-2025",
           also=("Opgeheven op",)),
)  # fmt: skip
