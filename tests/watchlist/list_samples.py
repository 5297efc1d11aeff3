"""Small lists in the publishers' formats, and the folder with real ones."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "../shared"
LISTS = SHARED / "data" / "lists"

UN = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09.554Z">
<INDIVIDUALS><INDIVIDUAL>
  <DATAID>1</DATAID><FIRST_NAME> HONG </FIRST_NAME><SECOND_NAME>Gil
  Dong</SECOND_NAME><THIRD_NAME/>
  <NAME_ORIGINAL_SCRIPT>홍길동</NAME_ORIGINAL_SCRIPT>
  <UN_LIST_TYPE>DPRK</UN_LIST_TYPE><REFERENCE_NUMBER>KPi.999 </REFERENCE_NUMBER>
  <LISTED_ON>2016-11-30T00:00</LISTED_ON><GENDER>Male</GENDER>
  <COMMENTS1>A narrative.</COMMENTS1>
  <TITLE><VALUE>Dr.</VALUE></TITLE>
  <DESIGNATION><VALUE>Director</VALUE></DESIGNATION>
  <NATIONALITY><VALUE>Democratic People's Republic of Korea</VALUE></NATIONALITY>
  <LAST_DAY_UPDATED><VALUE>2020-01-02</VALUE><VALUE>2022-07-26</VALUE></LAST_DAY_UPDATED>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Hong Kil-tong; Hong Kil Tong</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>"The Outlaw"</ALIAS_NAME></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Kong Jitong (洪吉童)</ALIAS_NAME>
    <DATE_OF_BIRTH>1961-02-03</DATE_OF_BIRTH></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Hong One</ALIAS_NAME>
    <NOTE>formerly listed as</NOTE></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS>
  <INDIVIDUAL_ADDRESS><CITY>Pyongyang</CITY>
    <COUNTRY>Democratic People's Republic of Korea</COUNTRY></INDIVIDUAL_ADDRESS>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>EXACT</TYPE_OF_DATE><DATE>1960-01-31</DATE></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>APPROXIMATELY</TYPE_OF_DATE><YEAR>1958</YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>
    <FROM_YEAR>1963</FROM_YEAR><TO_YEAR>1965</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE>
    <FROM_YEAR>1940</FROM_YEAR><TO_YEAR>1959</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
  <INDIVIDUAL_PLACE_OF_BIRTH><CITY>Sinuiju</CITY>
    <COUNTRY>Democratic People's Republic of Korea</COUNTRY></INDIVIDUAL_PLACE_OF_BIRTH>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER> PS472330208 (Expires 4 Jul. 2017)</NUMBER>
    <ISSUING_COUNTRY>Democratic People's Republic of Korea</ISSUING_COUNTRY></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT>
    <NUMBER>diplomatic passport no. 836110035</NUMBER></INDIVIDUAL_DOCUMENT>
  <INDIVIDUAL_DOCUMENT/>
</INDIVIDUAL></INDIVIDUALS>
<ENTITIES><ENTITY>
  <DATAID>2</DATAID><FIRST_NAME>WONSAN TRADING</FIRST_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
  <REFERENCE_NUMBER>KPe.999</REFERENCE_NUMBER><LISTED_ON>2017-06-02</LISTED_ON>
  <ENTITY_ALIAS><QUALITY>a.k.a.</QUALITY><ALIAS_NAME>NEW WONSAN (KPE.018)</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ALIAS><QUALITY>f.k.a.</QUALITY><ALIAS_NAME>OLD WONSAN (HONG KONG) LTD</ALIAS_NAME></ENTITY_ALIAS>
  <ENTITY_ADDRESS><COUNTRY>Utopia</COUNTRY></ENTITY_ADDRESS>
</ENTITY></ENTITIES>
</CONSOLIDATED_LIST>
"""

SDN = (
    '36,"WONSAN TRADING CO",-0- ,"NPWMD] [DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201 and 510.210; a.k.a. 'WTC'; "
    "Company Number IMO 5878589; Linked To: WONSAN\r\n".rstrip()
    + '"\r\n'
    '37,"HONG, Gil Dong","individual","NPWMD","Director",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    '"DOB 10 Dec 1948; POB Pyongyang, Korea, North; nationality Korea, North; Gender Male; Passport 654110043 '
    '(Korea, North); Secondary sanctions risk: North Korea Sanctions Regulations, sections 510.201."\r\n'
    '38,"CHOLLIMA 1","vessel","IRAN",-0- ,"HMZF","General Cargo","12,345","8448","Korea, North","Wonsan Shipping",'
    '"Former Vessel Flag Cambodia; alt. Former Vessel Flag None Identified; Vessel Registration Identification IMO '
    '7937317; MMSI 445123000."\r\n\x1a'
)
ALT = '36,1,"aka","WONSAN GENERAL TRADING",-0- \r\n36,2,"fka","OLD WONSAN",-0- \r\n99,3,"aka","NOBODY",-0- \r\n\x1a'
ADD = '36,1,"Ryugyong-dong","Pyongyang","Korea, North",-0- \r\n37,2,-0- ,-0- ,-0- ,-0- \r\n\x1a'
COMMENTS = '36," SHIPPING COMPANY; SWIFT/BIC DCBKKPPY."\r\n\x1a'


def write_ofac(folder: Path, suffix: str = "") -> Path:
    """A whole set of OFAC files; the path of its file of entries."""
    for stem, text in (("sdn", SDN), ("alt", ALT), ("add", ADD), ("sdn_comments", COMMENTS)):
        (folder / f"{stem}{suffix}.csv").write_bytes(text.encode("latin-1"))
    return folder / f"sdn{suffix}.csv"


def real(*parts: str) -> Path:
    """A real list, or the test is skipped."""
    path = LISTS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path.name} not present")
    return path
