"""Readers of lists of which no real file was at hand, on made-up entries in the published forms."""

from datetime import date

import pytest

from nkscreen.errors import ListError
from nkscreen.watchlist import detect, is_dprk, load_snapshot
from nkscreen.watchlist.model import Link

EU_XML = """<?xml version="1.0" encoding="UTF-8"?>
<export xmlns="http://eu.europa.ec/fpi/fsd/export" generationDate="2026-11-05T16:47:04.449+01:00">
  <sanctionEntity designationDate="" unitedNationId="KPi.033" euReferenceNumber="EU.101.1" logicalId="42">
    <remark>Made up.</remark>
    <regulation entryIntoForceDate="2017-08-31" publicationDate="2017-08-31" numberTitle="2017/1509 (OJ L224)"
      programme="PRK"><publicationUrl>http://example.org</publicationUrl></regulation>
    <regulation entryIntoForceDate="2019-05-01" publicationDate="2019-04-30" numberTitle="2019/676 (OJ L114)"
      programme="PRK"/>
    <subjectType code="person" classificationCode="P"/>
    <nameAlias firstName="Gil Dong" lastName="HONG" wholeName="HONG Gil Dong"
      function="Trader" gender="M" strong="true"/>
    <nameAlias wholeName="홍길동" nameLanguage="KO" strong="true"/>
    <nameAlias wholeName="The Outlaw" strong="true"><remark>Low quality a.k.a.</remark></nameAlias>
    <citizenship countryIso2Code="KP" countryDescription="KOREA, DEMOCRATIC PEOPLE'S REPUBLIC OF"/>
    <birthdate circa="true" year="1960" monthOfYear="1" dayOfMonth="31" birthdate="1960-01-31" city="Wonsan"
      countryIso2Code="KP" countryDescription="NORTH KOREA"/>
    <birthdate circa="false" yearRangeFrom="1950" yearRangeTo="1970" countryIso2Code="00" countryDescription="UNKNOWN"/>
    <identification identificationTypeCode="passport" number="654110043" countryIso2Code="KP"/>
    <address street="1 Harbour Road" city="Dalian" countryIso2Code="CN" countryDescription="CHINA"/>
    <address countryIso2Code="00" countryDescription="UNKNOWN"/>
  </sanctionEntity>
  <sanctionEntity designationDate="2018-04-19" euReferenceNumber="EU.102.2" logicalId="43">
    <regulation entryIntoForceDate="2018-04-20" numberTitle="2018/602" programme="PRK"/>
    <subjectType code="enterprise" classificationCode="E"/>
    <nameAlias wholeName="CHOLLIMA 1" strong="false"/>
    <identification identificationTypeCode="imo" number="7937317"/>
  </sanctionEntity>
</export>
"""

EU_CSV = (
    "\ufefffileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_UnitedNationId;Entity_DesignationDate;"
    "Entity_SubjectType;Entity_Regulation_EntryIntoForceDate;Entity_Regulation_NumberTitle;Entity_Regulation_Programme;"
    "NameAlias_WholeName;NameAlias_Gender;Address_City;Address_CountryIso2Code;BirthDate_BirthDate;BirthDate_Year;"
    "Identification_Number;Identification_TypeCode;Citizenship_CountryIso2Code\n"
    "05/11/2026;42;EU.101.1;KPi.033;;person;2017-08-31;2017/1509;PRK;HONG Gil Dong;M;;;;;;;\n"
    "05/11/2026;42;EU.101.1;KPi.033;;person;2017-08-31;2017/1509;PRK;Hong Kil-tong;M;;;;;;;\n"
    "05/11/2026;42;EU.101.1;KPi.033;;person;2017-08-31;2017/1509;PRK;;;Dalian;CN;;;;;\n"
    "05/11/2026;42;EU.101.1;KPi.033;;person;2017-08-31;2017/1509;PRK;;;;;1960-01-31;1960;;;\n"
    "05/11/2026;42;EU.101.1;KPi.033;;person;2017-08-31;2017/1509;PRK;;;;;;;654110043;passport;\n"
    "05/11/2026;42;EU.101.1;KPi.033;;person;2017-08-31;2017/1509;PRK;;;;;;;;;KP\n"
    "05/11/2026;43;EU.102.2;;2018-04-19;enterprise;2018-04-20;2018/602;PRK;Wonsan Trading;;;;;;;;\n"
)

UK_XML = """<?xml version="1.0" encoding="utf-8"?>
<Designations>
  <DateGenerated>05/11/2026</DateGenerated>
  <Designation>
    <LastUpdated>14/04/2026</LastUpdated><DateDesignated>30/11/2016</DateDesignated>
    <UniqueID>DPR0101</UniqueID><OFSIGroupID>13410</OFSIGroupID><UNReferenceNumber>KPi.033</UNReferenceNumber>
    <Names>
      <Name><Name6>The Outlaw</Name6><NameType>ALias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
      <Name><Name1>Gil</Name1><Name2>Na</Name2><Name6>HONG</Name6><NameType>Primary Name</NameType></Name>
    </Names>
    <NonLatinNames><NonLatinName><NameNonLatinScript>홍길동</NameNonLatinScript></NonLatinName></NonLatinNames>
    <RegimeName>The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UN</DesignationSource>
    <SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
    <Addresses><Address><AddressLine6>Dalian</AddressLine6><AddressCountry>China</AddressCountry></Address></Addresses>
    <IndividualDetails><Individual>
      <DOBs><DOB>dd/mm/1960</DOB><DOB>31/01/1961</DOB><DOB>about 1962 or so</DOB></DOBs>
      <Nationalities><Nationality>North Korea</Nationality></Nationalities>
      <PassportDetails><Passport><PassportNumber>654110043</PassportNumber></Passport></PassportDetails>
      <BirthDetails><Location><TownOfBirth>Wonsan</TownOfBirth><CountryOfBirth>North Korea</CountryOfBirth></Location>
      </BirthDetails><Positions><Position>Trader</Position></Positions><Genders><Gender>Male</Gender></Genders>
    </Individual></IndividualDetails>
  </Designation>
  <Designation>
    <DateDesignated>30/03/2018</DateDesignated><UniqueID>DPR0102</UniqueID>
    <Names><Name><Name6>CHOLLIMA 1</Name6><NameType>Primary name</NameType></Name></Names>
    <RegimeName>The Democratic People's Republic of Korea (Sanctions) (EU Exit) Regulations 2019</RegimeName>
    <IndividualEntityShip>Ship</IndividualEntityShip><SanctionsImposed>Deflag</SanctionsImposed>
    <ShipDetails><Ship><IMONumbers><IMONumber>IMO7937317</IMONumber></IMONumbers>
      <CurrentOwnerOperators><CurrentOwnerOperator>Wonsan Shipping</CurrentOwnerOperator></CurrentOwnerOperators>
      <CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Comoros</CurrentBelievedFlagOfShip>
      </CurrentBelievedFlagOfShips><PreviousFlags><PreviousFlag>Panama</PreviousFlag></PreviousFlags>
      <TypeOfShipDetails><TypeOfShip>Bulk Carrier</TypeOfShip></TypeOfShipDetails>
      <YearsBuilt><YearBuilt>1980</YearBuilt></YearsBuilt></Ship></ShipDetails>
  </Designation>
</Designations>
"""

UK_CSV = (
    "Report Date: 05-Nov-2026\n"
    "Last Updated,Unique ID,OFSI Group ID,UN Reference Number,Name 6,Name 1,Name 2,Name 3,Name 4,Name 5,Name type,"
    "Alias strength,Title,Name non-latin script,Regime Name,Designation Type,Designation source,Sanctions Imposed,"
    "Address Line 6,Address Country,Date Designated,D.O.B,Nationality(/ies),Passport number,Town of birth,"
    "Country of birth,IMO number\n"
    "14/04/2026,DPR0101,1,KPi.033,HONG,Gil,Dong,,,,Primary name,,,홍길동,North Korea,Individual,UN,Asset freeze,"
    "Dalian,China,30/11/2016,00/00/1960,North Korea,654110043,Wonsan,North Korea,\n"
    "14/04/2026,DPR0101,1,KPi.033,The Outlaw,,,,,,Alias,Low quality a.k.a,,,North Korea,Individual,UN,Asset freeze,"
    ",,30/11/2016,31/01/1961,North Korea,,,,\n"
    "14/04/2026,DPR0102,2,,CHOLLIMA 1,,,,,,Primary name,,,,North Korea,Ship,UN,Deflag,,,30/03/2018,,,,,,7937317\n"
)

SWISS = """<?xml version="1.0" encoding="UTF-8"?>
<swiss-sanctions-list list-type="full-list" date="2026-11-05">
  <sanctions-program ssid="1"><program-key lang="eng">DPRK</program-key>
    <program-name lang="ger">Verordnung</program-name>
    <program-name lang="eng">Measures against the Democratic People's Republic of Korea</program-name>
    <sanctions-set ssid="9" lang="eng">Art. 6</sanctions-set></sanctions-program>
  <target ssid="100" sanctions-set-id="9"><foreign-identifier>KPi.033</foreign-identifier>
    <individual sex="male">
      <identity ssid="101" main="true">
        <name ssid="102" name-type="primary-name" quality="good">
          <name-part ssid="103" order="2" name-part-type="given-name"><value>Gil Dong</value></name-part>
          <name-part ssid="104" order="1" name-part-type="family-name"><value>Hong</value>
            <spelling-variant ssid="105" lang="kor" script="Hang">홍길동</spelling-variant></name-part>
          <name-part ssid="106" order="3" name-part-type="title"><value>Captain</value></name-part>
        </name>
        <name ssid="107" name-type="alias" quality="low">
          <name-part ssid="108" order="1" name-part-type="whole-name"><value>The Outlaw</value></name-part></name>
        <nationality><country iso-code="KP">North Korea</country></nationality>
        <day-month-year day="31" month="1" year="1960"/>
        <place-of-birth place-id="7"/><address place-id="8"><address-details>1 Harbour Road</address-details></address>
        <identification-document document-type="diplomatic-passport"><number>654110043</number>
        </identification-document>
      </identity>
      <justification ssid="110">Made up.</justification>
      <relation ssid="111" target-id="200" relation-type="related-to"/>
    </individual>
    <modification modification-type="listed" publication-date="2016-12-01" effective-date="2016-12-02"/>
    <modification modification-type="amended" effective-date="2018-01-01"/>
  </target>
  <target ssid="200"><sanctions-set-id>9</sanctions-set-id>
    <object object-type="vessel"><identity main="true"><name name-type="primary-name">
      <name-part order="1" name-part-type="whole-name"><value>CHOLLIMA 1</value></name-part></name></identity>
      <other-information>IMO number: 7937317</other-information></object>
    <modification modification-type="de-listed" effective-date="2020-01-01"/>
    <modification modification-type="listed" effective-date="2018-03-30"/>
  </target>
  <place ssid="7"><location>Wonsan</location><country iso-code="KP">North Korea</country></place>
  <place ssid="8"><location>Dalian</location><country iso-code="CN">China</country></place>
</swiss-sanctions-list>
"""


def listed(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    snapshot = load_snapshot(path)
    assert snapshot.list_date == date(2026, 11, 5)
    assert (snapshot.report.read, snapshot.report.kept) == (2, 2)
    assert all(map(is_dprk, snapshot.entities))
    return detect(path), snapshot.entities


def names(entity):
    return [(name.value, name.kind, name.quality) for name in entity.names]


def test_the_eu_list_as_xml(tmp_path):
    reader, (person, ship) = listed(tmp_path, "eu.xml", EU_XML)
    assert (reader, person.id, person.schema_) == ("eu_consolidated", "EU.101.1", "Person")
    assert names(person) == [
        ("HONG Gil Dong", "primary", "strong"),
        ("홍길동", "original_script", "strong"),
        ("The Outlaw", "alias", "weak"),
    ]
    (listing,) = person.listings
    assert (listing.programme, listing.listed, listing.amended) == ("PRK", date(2017, 8, 31), date(2019, 5, 1))
    assert listing.legal_basis == "2019/676 (OJ L114)"
    assert (person.birth_dates, person.approximate_birth_dates) == (("1960-01-31",), ("1960-01-31",))
    assert person.birth_places == ("Wonsan, NORTH KOREA",)
    assert (person.genders, person.nationalities, person.countries) == (("male",), ("KP",), ("CN",))
    assert (person.addresses, person.positions) == (("1 Harbour Road, Dalian, CHINA",), ("Trader",))
    assert [(one.type, one.number, one.country) for one in person.documents] == [("passport", "654110043", "KP")]
    assert person.notes == ("birth date: 1950 to 1970", "Made up.", "UN reference: KPi.033")
    assert (ship.schema_, ship.imo_number, ship.documents) == ("Vessel", "7937317", ())
    assert (ship.listings[0].listed, ship.names[0].quality) == (date(2018, 4, 19), "weak")


def test_the_eu_list_as_a_table_joins_the_rows_of_an_entity(tmp_path):
    reader, (person, company) = listed(tmp_path, "eu.csv", EU_CSV)
    assert (reader, person.id, person.schema_, company.schema_) == (
        "eu_consolidated", "EU.101.1", "Person", "Organization",
    )  # fmt: skip
    assert [name.value for name in person.names] == ["HONG Gil Dong", "Hong Kil-tong"]
    assert (person.birth_dates, person.nationalities, person.countries) == (("1960-01-31",), ("KP",), ("CN",))
    assert [one.number for one in person.documents] == ["654110043"]
    assert (person.listings[0].listed, company.listings[0].listed) == (date(2017, 8, 31), date(2018, 4, 19))
    assert company.caption == "Wonsan Trading"


def test_the_british_list_as_xml(tmp_path):
    reader, (person, ship) = listed(tmp_path, "uk.xml", UK_XML)
    assert (reader, person.id, person.schema_) == ("uk_full", "DPR0101", "Person")
    assert names(person) == [
        ("Gil Na HONG", "primary", "strong"),
        ("The Outlaw", "alias", "weak"),
        ("홍길동", "original_script", "strong"),
    ]
    assert person.birth_dates == ("1960", "1961-01-31")
    assert "birth date: about 1962 or so" in person.notes
    assert (person.birth_places, person.addresses) == (("Wonsan, North Korea",), ("Dalian, China",))
    assert (person.nationalities, person.countries, person.genders) == (("KP",), ("CN",), ("male",))
    assert [(one.type, one.number) for one in person.documents] == [("passport", "654110043")]
    (listing,) = person.listings
    assert (listing.listed, listing.amended) == (date(2016, 11, 30), date(2026, 4, 14))
    assert listing.measure == "asset freeze, travel ban"
    assert (ship.schema_, ship.imo_number, ship.flag, ship.past_flags) == ("Vessel", "7937317", "KM", ("PA",))
    assert (ship.vessel_type, ship.build_year) == ("Bulk Carrier", 1980)
    assert ship.links == (Link(kind="owned or operated by", target="Wonsan Shipping"),)


def test_the_british_list_as_a_table_joins_the_rows_of_a_party(tmp_path):
    reader, (person, ship) = listed(tmp_path, "uk.csv", UK_CSV)
    assert reader == "uk_full"
    assert names(person) == [
        ("Gil Dong HONG", "primary", "strong"),
        ("The Outlaw", "alias", "weak"),
        ("홍길동", "original_script", "strong"),
    ]
    assert person.birth_dates == ("1960", "1961-01-31")
    assert (person.countries, person.addresses) == (("CN",), ("Dalian, China",))
    assert (ship.caption, ship.schema_, ship.imo_number) == ("CHOLLIMA 1", "Vessel", "7937317")


def test_the_swiss_list_builds_names_of_parts_and_keeps_who_was_de_listed(tmp_path):
    reader, (person, ship) = listed(tmp_path, "seco.xml", SWISS)
    assert (reader, person.id, person.schema_) == ("switzerland", "100", "Person")
    assert names(person) == [
        ("Hong Gil Dong", "primary", "strong"),
        ("홍길동 Gil Dong", "original_script", "strong"),
        ("The Outlaw", "alias", "weak"),
    ]
    (listing,) = person.listings
    assert listing.programme == "Measures against the Democratic People's Republic of Korea"
    assert (listing.listed, listing.amended, listing.removed) == (date(2016, 12, 2), date(2018, 1, 1), None)
    assert (person.birth_dates, person.birth_places) == (("1960-01-31",), ("Wonsan, North Korea",))
    assert (person.nationalities, person.countries) == (("KP",), ("CN",))
    assert person.addresses == ("1 Harbour Road, Dalian, China",)
    assert [(one.type, one.number) for one in person.documents] == [("diplomatic passport", "654110043")]
    assert person.links == (Link(kind="related to", target="200"),)
    assert (ship.schema_, ship.imo_number) == ("Vessel", "7937317")
    assert (ship.listings[0].listed, ship.listings[0].removed) == (date(2018, 3, 30), date(2020, 1, 1))


@pytest.mark.parametrize(("name", "text"), [("eu.xml", EU_XML), ("uk.xml", UK_XML), ("seco.xml", SWISS)])
def test_a_cut_file_is_refused(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text[: len(text) // 2], encoding="utf-8")
    with pytest.raises(ListError, match="not well-formed"):
        load_snapshot(path)


def test_a_name_of_many_spellings_is_bounded(tmp_path):
    variants = "".join(f'<spelling-variant lang="l{n}">Hong {n}</spelling-variant>' for n in range(500))
    path = tmp_path / "seco.xml"
    path.write_text(SWISS.replace("<value>Gil Dong</value>", f"<value>Gil Dong</value>{variants}"), encoding="utf-8")
    assert len(load_snapshot(path).entities[0].names) < 60
