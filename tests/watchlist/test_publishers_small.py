"""The readers of further publishers, on lists of a few entries."""

import gzip
import zipfile
from datetime import date

import pytest
import xlsxwriter

from nkscreen.errors import ListError
from nkscreen.watchlist import detect, is_dprk, load_snapshot
from nkscreen.watchlist.sources import australia
from nkscreen.watchlist.sources.common import birth_years


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def test_a_british_table(tmp_path):
    path = write(
        tmp_path,
        "uk_2025-08-11.csv",
        "Unique ID,OFSI Group ID,Name,Regime Name,Type,Date Designated,Sanctions Imposed,Designation source\n"
        "DPR0001,1,WONSAN TRADING,Democratic People's Republic of Korea,Entity,19/09/2017,Asset freeze,UN\n"
        "DPR0002,2,CHOLLIMA 1,Democratic People's Republic of Korea,Ship,30/03/2018,Deflag,UN\n",
    )
    snapshot = load_snapshot(path)
    assert (detect(path), snapshot.publisher, snapshot.list_date) == ("uk", "UK", date(2025, 8, 11))
    assert [(one.id, one.schema_, one.caption) for one in snapshot.entities] == [
        ("DPR0001", "Organization", "WONSAN TRADING"),
        ("DPR0002", "Vessel", "CHOLLIMA 1"),
    ]
    assert all(map(is_dprk, snapshot.entities))
    assert snapshot.entities[0].listings[0].listed == date(2017, 9, 19)


def test_rows_of_one_group_of_the_old_british_list_are_one_party(tmp_path):
    columns = (
        "Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Title,DOB,Town of Birth,Country of Birth,Nationality,"
        "Passport Details,NI Number,Position,Address 1,Address 2,Address 3,Address 4,Address 5,Address 6,"
        "Post/Zip Code,Country,Other Information,Group Type,Alias Type,Regime,Listed On,Last Updated,Group ID"
    )
    names = columns.split(",")

    def row(**given):
        return ",".join(given.get(name.replace(" ", "_").replace("/", "_"), "") for name in names)

    common = {"Group_Type": "Individual", "Listed_On": "02/12/2016", "Group_ID": "13410", "Regime": "North Korea"}
    first = row(
        Name_6="HONG",
        Name_1="Gil",
        Name_2="Dong",
        DOB="10/12/1948",
        Nationality="North Korea",
        Passport_Details="654110043",
        Alias_Type="Prime Alias",
        **common,
    )
    second = row(Name_6="HONG", Name_1="Na", Alias_Type="AKA", **common)
    path = write(tmp_path, "conlist.csv", f"Last Updated,13/04/2018\n{columns}\n{second}\n{first}\n", "cp1252")
    snapshot = load_snapshot(path)
    (person,) = snapshot.entities
    assert (snapshot.publisher, snapshot.list_date) == ("OFSI", date(2018, 4, 13))
    assert [(name.value, name.kind) for name in person.names] == [
        ("Gil Dong HONG", "primary"),
        ("Na HONG", "alias"),
    ]
    assert (person.birth_dates, person.nationalities) == (("1948-12-10",), ("KP",))
    assert [document.number for document in person.documents] == ["654110043"]
    assert person.listings[0].listed == date(2016, 12, 2)


def test_canadian_records(tmp_path):
    path = write(
        tmp_path,
        "sema.xml",
        "<data-set><record><Country>Russia / Russie</Country><LastName>Ivanov</LastName><GivenName>Ivan</GivenName>"
        "<DateOfBirthOrShipBuildDate>1960-01-31</DateOfBirthOrShipBuildDate><Schedule>1</Schedule><Item>7</Item>"
        "<DateOfListing>2022-02-24</DateOfListing></record>"
        "<record><Country>Russia / Russie</Country><EntityOrShip>CHOLLIMA 1</EntityOrShip>"
        "<ShipIMONumber>7937317</ShipIMONumber><Schedule>1</Schedule><Item>8</Item></record></data-set>",
    )
    person, ship = load_snapshot(path).entities
    assert (detect(path), person.schema_, person.caption, person.birth_dates) == (
        "canada",
        "Person",
        "Ivan Ivanov",
        ("1960-01-31",),
    )
    assert person.listings[0].listed == date(2022, 2, 24)
    assert (ship.schema_, ship.caption, ship.imo_number) == ("Vessel", "CHOLLIMA 1", "7937317")


def test_vessels_of_two_annexes_are_one_entry(tmp_path):
    columns = (
        "celex,programKey,annex,recordId,measure,startDate,schema,name,alias,imoNumber,birthDate,reason,birthPlace,gender,"
        "nationality,country,address,position,mmsi,swiftBic"
    )
    ship = "32017R1509,EU-PRK,{},{},{},2018-03-30,Vessel,CHOLLIMA 1,,7937317,,,,,,,,,,"
    path = write(
        tmp_path,
        "eu_2026-08-14.csv",
        f"{columns}\n{ship.format('XIII.B', 1, 'Asset freeze')}\n{ship.format('XIV.B', 9, 'Port entry ban')}\n"
        "32017R1509,EU-PRK,XV,3,Asset freeze,2016-05-20,Person,HONG Gil Dong,,,10.12.1948,,,,,,,,,\n",
    )
    vessel, person = load_snapshot(path).entities
    assert (detect(path), vessel.imo_number) == ("eu", "7937317")
    assert [listing.measure for listing in vessel.listings] == ["asset freeze", "port entry ban"]
    assert (person.schema_, person.birth_dates, is_dprk(person)) == ("Person", ("1948-12-10",), True)


def test_legacy_xml_of_ofac(tmp_path):
    entry = (
        "<sdnEntry><uid>36</uid><lastName>HONG</lastName><firstName>Gil Dong</firstName><sdnType>Individual</sdnType>"
        "<programList><program>DPRK2</program></programList>"
        "<akaList><aka><uid>1</uid><type>a.k.a.</type><category>strong</category><lastName>HONG</lastName>"
        "<firstName>Kil Tong</firstName></aka></akaList></sdnEntry>"
    )
    head = (
        "<publshInformation><Publish_Date>04/22/2026</Publish_Date><Record_Count>{}</Record_Count></publshInformation>"
    )
    path = write(tmp_path, "sdn.xml", f"<sdnList>{head.format(1)}{entry}</sdnList>")
    snapshot = load_snapshot(path)
    (person,) = snapshot.entities
    assert (detect(path), snapshot.list_date, person.schema_) == ("ofac_xml", date(2026, 4, 22), "Person")
    assert [name.value for name in person.names] == ["HONG, Gil Dong", "HONG, Kil Tong"]
    assert person.programmes == ("DPRK2",)
    with pytest.raises(ListError):
        load_snapshot(write(tmp_path, "cut.xml", f"<sdnList>{head.format(2)}{entry}</sdnList>"))


def test_wallets_of_one_currency(tmp_path):
    address = "12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"
    path = write(tmp_path, "sanctioned_addresses_XBT.txt", f"{address}\n\n")
    (wallet,) = load_snapshot(path).entities
    assert (detect(path), wallet.id, wallet.wallets) == ("wallets", f"XBT:{address}", (address,))


def test_xml_that_declares_a_document_type_is_refused(tmp_path):
    path = write(tmp_path, "sdn.xml", "<!DOCTYPE sdnList [<!ENTITY a 'b'>]><sdnList><sdnEntry/></sdnList>")
    with pytest.raises(ListError, match="document type"):
        load_snapshot(path)


def test_a_flat_file_of_ofac(tmp_path):
    path = write(
        tmp_path,
        "flat_2026-04-22.csv",
        "ID,Subject Type,Primary Name,All Names,Sanction Imposed,Addresses,ID Documents,Comments\n"
        '7,Entity,WONSAN TRADING,WONSAN TRADING | WONSAN GENERAL,DPRK3,"Pyongyang, Korea, North",,\n',
    )
    (entity,) = load_snapshot(path).entities
    assert (detect(path), entity.schema_, entity.programmes) == ("ofac_flat", "Organization", ("DPRK3",))
    assert [name.value for name in entity.names] == ["WONSAN TRADING", "WONSAN GENERAL"]
    assert entity.countries == ("KP",)


def test_the_us_consolidated_screening_list(tmp_path):
    path = write(
        tmp_path,
        "csl_2023-11-30.csv",
        "_id,source,type,programs,name,alt_names,addresses,start_date,ids,federal_register_notice\n"
        'a1,Entity List (EL) - Bureau of Industry and Security,Entity,,WONSAN TRADING,WONSAN GENERAL; WTC,"Dalian, CN",'
        "2019-05-16,,84 FR 22961\n",
    )
    snapshot = load_snapshot(path)
    (entity,) = snapshot.entities
    assert (detect(path), snapshot.publisher, entity.countries) == ("us_csl", "US CSL", ("CN",))
    assert [name.value for name in entity.names] == ["WONSAN TRADING", "WONSAN GENERAL", "WTC"]
    assert entity.listings[0].listed == date(2019, 5, 16)
    assert entity.programmes == ("Entity List (EL)",)


ADVANCED = """<Sanctions xmlns="http://www.un.org/sanctions/1.0">
<DateOfIssue><Year>2024</Year><Month>2</Month><Day>7</Day></DateOfIssue>
<ReferenceValueSets>
<AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1403">Name</AliasType>
<FeatureType ID="8">Birthdate</FeatureType><List ID="1550">SDN List</List>
<NamePartType ID="1">Last Name</NamePartType><NamePartType ID="2">First Name</NamePartType>
<PartyType ID="1">Individual</PartyType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
<SanctionsType ID="1">Program</SanctionsType><Script ID="215">Latin</Script></ReferenceValueSets>
<DistinctParties><DistinctParty FixedRef="36"><Profile ID="36" PartySubTypeID="4"><Identity ID="9">
<Alias AliasTypeID="1403" Primary="true" LowQuality="false"><DocumentedName>
<DocumentedNamePart><NamePartValue NamePartGroupID="a" ScriptID="215">HONG</NamePartValue></DocumentedNamePart>
<DocumentedNamePart><NamePartValue NamePartGroupID="b" ScriptID="215">Gil Dong</NamePartValue></DocumentedNamePart>
</DocumentedName></Alias><NamePartGroups><MasterNamePartGroup><NamePartGroup ID="a" NamePartTypeID="1"/>
</MasterNamePartGroup><MasterNamePartGroup><NamePartGroup ID="b" NamePartTypeID="2"/></MasterNamePartGroup>
</NamePartGroups></Identity><Feature FeatureTypeID="8"><FeatureVersion><DatePeriod>
<Start><From><Year>1984</Year><Month>1</Month><Day>18</Day></From></Start>
<End><To><Year>1984</Year><Month>1</Month><Day>18</Day></To></End></DatePeriod></FeatureVersion></Feature>
</Profile></DistinctParty></DistinctParties>
<SanctionsEntries><SanctionsEntry ProfileID="36" ListID="1550">
<EntryEvent><Date><Year>2016</Year><Month>7</Month><Day>6</Day></Date></EntryEvent>
<SanctionsMeasure SanctionsTypeID="1"><Comment>DPRK2</Comment></SanctionsMeasure></SanctionsEntry></SanctionsEntries>
</Sanctions>"""


def test_advanced_xml_of_ofac(tmp_path):
    path = write(tmp_path, "sdn_advanced.xml", ADVANCED)
    snapshot = load_snapshot(path)
    (person,) = snapshot.entities
    assert (detect(path), snapshot.list_date) == ("ofac_advanced", date(2024, 2, 7))
    assert (person.schema_, person.caption, person.birth_dates) == ("Person", "HONG, Gil Dong", ("1984-01-18",))
    assert [(one.programme, one.listed) for one in person.listings] == [("DPRK2", date(2016, 7, 6))]


def test_xml_inside_gzip_is_read(tmp_path):
    path = tmp_path / "sdn_advanced.xml.gz"
    path.write_bytes(gzip.compress(ADVANCED.encode()))
    assert [entity.caption for entity in load_snapshot(path).entities] == ["HONG, Gil Dong"]


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path):
    path = tmp_path / "list.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("list.xml", b" " * 10_000_000)
    with pytest.raises(ListError, match="unpacks to 10,000,000 bytes"):
        load_snapshot(path)


@pytest.mark.parametrize(
    ("first", "last", "years"), [("1960", "1962", ("1960", "1961", "1962")), ("1940", "1960", ()), ("1960", "1950", ())]
)
def test_only_a_narrow_range_of_birth_years_is_compared(first, last, years):
    assert birth_years(first, last) == years


@pytest.mark.parametrize(("end", "refused"), [("DPR0002,CHOLL", True), ("", False), ("\n\n", False)])
def test_a_table_cut_in_a_row_is_refused(tmp_path, end, refused):
    path = write(
        tmp_path,
        "uk.csv",
        "Unique ID,Name,Regime Name,Type,Date Designated,Sanctions Imposed\n"
        f"DPR0001,WONSAN TRADING,DPRK,Entity,19/09/2017,Asset freeze\n{end}",
    )
    if refused:
        with pytest.raises(ListError, match="was cut"):
            load_snapshot(path)
    else:
        assert [entity.caption for entity in load_snapshot(path).entities] == ["WONSAN TRADING"]


def test_names_and_dates_of_an_australian_entry_are_joined(tmp_path):
    path = tmp_path / "list.xlsx"
    columns = [*australia.COLUMNS, "Listing Information", "Citizenship", "Additional Information"]
    born = "a) 10 Dec. 1948 b) circa 1960-1962 c) 1930-1950"
    more = ["1718 (DPRK)", "Listed on 2 Dec 2016", "North Korea", "A note"]
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(
            (
                columns,
                ["12", "HONG Gil Dong", "Individual", "Primary Name", born, *more],
                ["12a", "Hong Kil Tong", "Individual", "AKA", born, *more],
            )
        ):
            sheet.write_row(number, 0, row)
    (person,) = load_snapshot(path).entities
    assert (detect(path), person.id, person.schema_, is_dprk(person)) == ("australia", "12", "Person", True)
    assert [(name.value, name.kind) for name in person.names] == [
        ("HONG Gil Dong", "primary"),
        ("Hong Kil Tong", "alias"),
    ]
    assert person.birth_dates == ("1948-12-10", "1960", "1961", "1962")
    assert person.approximate_birth_dates == ("1960", "1961", "1962")
    assert person.notes == ("A note", "born between 1930 and 1950")
    assert (person.nationalities, person.listings[0].listed) == (("KP",), date(2016, 12, 2))


def test_a_british_spreadsheet(tmp_path):
    names = "urn:oasis:names:tc:opendocument:xmlns"
    rows = (
        ("Unique ID", "Name", "Regime Name", "Type", "Date Designated", "Sanctions Imposed"),
        ("DPR0001", "WONSAN TRADING", "DPRK", "Entity", "19/09/2017", "Asset freeze"),
    )
    cells = "".join(
        f"<t:table-row>{''.join(f'<t:table-cell><x:p>{c}</x:p></t:table-cell> ' for c in row)}"
        '<t:table-cell t:number-columns-repeated="16376"/></t:table-row>'
        for row in rows
    )
    content = f'<o xmlns:t="{names}:table:1.0" xmlns:x="{names}:text:1.0"><t:table>{cells}</t:table></o>'
    path = tmp_path / "download.dat"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", content)
    (entity,) = load_snapshot(path).entities
    assert (detect(path), entity.caption, entity.programmes) == ("uk", "WONSAN TRADING", ("DPRK",))


ENHANCED = """<sanctionsData xmlns="https://www.treasury.gov/ofac/ENHANCED_XML">
<publicationInfo><dataAsOf>2025-01-15T00:00:00</dataAsOf></publicationInfo>
<entities><entity id="36"><generalInfo><entityType>Individual</entityType></generalInfo>
<sanctionsLists><sanctionsList datePublished="2016-07-06">SDN List</sanctionsList></sanctionsLists>
<sanctionsPrograms><sanctionsProgram>DPRK2</sanctionsProgram></sanctionsPrograms>
<names><name id="1"><isPrimary>true</isPrimary><isLowQuality>false</isLowQuality><translations>
<translation><script>Latin</script><formattedFullName>HONG, Gil Dong</formattedFullName></translation>
<translation><script>Hangul</script><formattedFullName>홍길동</formattedFullName></translation></translations></name>
<name id="2"><isPrimary>false</isPrimary><isLowQuality>false</isLowQuality><aliasType>F.K.A.</aliasType><translations>
<translation><script>Latin</script><formattedFullName>HONG, Kil Tong</formattedFullName></translation></translations>
</name><name id="3"><isPrimary>false</isPrimary><isLowQuality>true</isLowQuality><aliasType>A.K.A.</aliasType>
<translations><translation><script>Latin</script><formattedFullName>THE OUTLAW</formattedFullName></translation>
</translations></name></names>
<addresses><address id="4"><country>Korea, North</country><translations><translation><addressParts>
<addressPart><type>CITY</type><value>Pyongyang</value></addressPart></addressParts></translation></translations>
</address></addresses>
<identityDocuments><identityDocument><type>Passport</type><documentNumber>654110043</documentNumber>
<issuingCountry>Korea, North</issuingCountry></identityDocument></identityDocuments>
<features><feature><type>Birthdate</type><value>10 Dec 1948</value></feature></features>
</entity></entities></sanctionsData>"""


@pytest.mark.parametrize("packed", [False, True])
def test_enhanced_xml_of_ofac(tmp_path, packed):
    path = tmp_path / "list.dat"
    if packed:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("SDN_ENHANCED.XML", ENHANCED)
    else:
        path.write_text(ENHANCED, encoding="utf-8")
    snapshot = load_snapshot(path)
    (person,) = snapshot.entities
    assert (detect(path), snapshot.list_date) == ("ofac_enhanced", date(2025, 1, 15))
    assert [(name.value, name.kind, name.quality) for name in person.names] == [
        ("HONG, Gil Dong", "primary", "strong"),
        ("HONG, Kil Tong", "former", "strong"),
        ("THE OUTLAW", "alias", "weak"),
        ("홍길동", "original_script", "strong"),
    ]
    assert (person.birth_dates, person.countries, person.addresses) == (
        ("1948-12-10",),
        ("KP",),
        ("Pyongyang, Korea, North",),
    )
    assert [(one.number, one.country) for one in person.documents] == [("654110043", "KP")]
    assert [(one.programme, one.listed) for one in person.listings] == [("DPRK2", date(2016, 7, 6))]
