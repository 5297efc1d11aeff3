"""UN/EDIFACT held beside pydifact (segments and elements) and beside lists made by hand (parties and ships)."""

import io
import re
import warnings

import pytest

from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.edi.segments import segments
from nkscreen.formats.edifact.syntax import syntax_of
from nkscreen.records import Vessel

EDISyntaxError = pytest.importorskip("pydifact.exceptions").EDISyntaxError
segmentcollection = pytest.importorskip("pydifact.segmentcollection")

SAID = {
    "IFTMIN_D00B_5": {
        "Bring IKT X", "EDI dep./ Eva HW", "Kalle", "Bring IKT", "Backer's Corner", "Pan Audit Co",
    },
    "IFCSUM.EDI": {"UK2.", "1919990312"},
    "D95B.Issue137": {
        "LAKELAND DAIRIES,", "FRONERI ICE CREAM EGYPT", "ROQUETTE FRERES LESTREM", "MONDELEZ EGYPT FOODS SAE",
        "BPI A/S", "TO ORDER", "EL IMAN COMPANY FOR TRADING EXPORT AND IMPORT (SAAD AND MOHAMED ELFAR)", "MSC",
        "MSC SENA",
    },
    "ORDRSP-formatted": {"Seipt, Thomas"},
    "Paiement.Issue139": {"SRL BIC IS RN 2018", "CEC_EDI_PAYE CABINET D'EXPERTISE COMPTABLE"},
    "IFTMBC_D99B": {
        "QOMARIYAH, NURUL", "HAPAG - LLOYD AG", "PT UNIVERSAL SHIPPING INDONESIA", "PT. SORINI TOWA BERLIAN CORPORINDO",
        "MCB BANK LTD., (FORMERLY MOSLIM COMMERCIAL BANK LTD)", "MASAJI TATANAN CONTR",
        "PT BERLIAN JASA TERMINAL INDONESIA", "SINAR SANGIR",
    },
    "PartnerId_0": {"DUMP VESSEL"},
    "d96a_linefeed": {"MROA BETAGA"},
    "quote_with_linefeed": {"SS MXOEANKXIIEQ"},
    "baplie-test": set(),
}  # fmt: skip
SHIPS = {
    "D95B.Issue137": {(None, "D5LQ7")},
    "IFTMBC_D99B": {("9444962", None)},
    "PartnerId_0": {("9999999", None)},
    "d96a_linefeed": {("9251999", None)},
    "quote_with_linefeed": {("9251999", None), ("3134141", None), ("3134143", None)},
    "baplie-test": {(None, "DLHV")},
}


def test_segments_and_elements_are_those_of_pydifact_wherever_it_reads_the_file(shared):
    """Of files whose UNB names its syntax and version, as the standard asks: without them separators are a guess."""
    compared = counted = 0
    for path in sorted((shared / "inputs/edifact").iterdir()):
        data = path.read_bytes()
        if not re.search(rb"UNB.UNO[A-Z].\d", data):
            continue
        try:
            with warnings.catch_warnings(action="ignore"):  # of directories that it does not ship
                theirs = segmentcollection.RawSegmentCollection.from_str(data.decode("utf-8-sig")).segments
        except (EDISyntaxError, UnicodeDecodeError):
            continue
        theirs = [_cut(one.tag, one.elements) for one in theirs if one.tag != "UNA"]
        found = list(segments(io.BytesIO(data), syntax_of(data)))
        ours = [
            _cut(one.elements[0], [one.parts(index) for index in range(1, len(one.elements))])
            for one in found
            if not one.elements[0].startswith("UNA")
        ]
        assert ours == theirs, path.name
        compared, counted = compared + 1, counted + len(ours)
    assert (compared >= 10, counted > 150) == (True, True)


@pytest.mark.parametrize("name", SAID)
def test_parties_and_ships_of_a_sample_are_those_that_a_person_finds_in_it(shared, name):
    (path,) = (shared / "inputs/edifact").glob(f"*{name}*")
    with open_input(path) as source:
        records = [item for item in source if not isinstance(item, Quarantined)]
    ships = [item if isinstance(item, Vessel) else item.vessel for item in records]
    parties = [party for item in records for party in getattr(item, "parties", ())]
    said = {one.name for one in (*parties, *filter(None, ships)) if one.name}
    assert said == SAID[name]
    numbers = {(ship.imo_number, ship.call_sign) for ship in ships if ship}
    assert {pair for pair in numbers if any(pair)} == SHIPS.get(name, set())


def _cut(tag, elements):
    """Tag and components, without the white space around them and what is empty at the end."""
    rows = [[one] if isinstance(one, str) else list(one) for one in elements]
    rows = [[part.strip() for part in row] for row in rows]
    for row in rows:
        while len(row) > 1 and not row[-1]:
            row.pop()
    while rows and rows[-1] in ([""], []):
        rows.pop()
    return tag.strip(), [row or [""] for row in rows]
