"""SWIFT MT messages as payments: every party in its role, every option, and no text lost."""

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.swift.messages import MAX_MESSAGE, Field, parse, units
from nkscreen.formats.swift.parties import party

HEAD = "{1:F01AABSLKLXAXXX0000000000}{2:I103HANYUS33XXXXN}{3:{121:09797101-a670-4e81-98ed-34b409736400}}{4:\n"
MT103 = HEAD + (
    ":20:REF1\n:23B:CRED\n:32A:250922USD1417,8\n:50K:/100811000148\nHARBOUR CURLEW ENGINEERING SERVICES\nLTD NO 852\n"
    ":52A:/NAGODA BRANCH\nAABSLKLXXXX\n:53B:/000000\n:56D:WONSAN BANK\nPYONGYANG\n:57A:ICBKCNBJZJP\n:59:/15236859635\n"
    "BLUE HERON BAKERY\n1 HIGH STREET\n:70:INVOICE 7\nCOAL\n:71A:OUR\n:72:/INS/DEUTSCHE BANK TRUST CO.\n//AMERICAS\n"
    "/ACC/RYUGYONG TRADING\n-}"
)


def read(tmp_path, text, name="messages.fin"):
    path = tmp_path / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with open_input(path) as source:
        assert source.format == "SWIFT MT"
        return list(source)


def test_a_customer_transfer_has_every_party_in_its_role(tmp_path):
    (payment,) = read(tmp_path, MT103)
    assert (payment.id, str(payment.date), payment.amount, payment.currency) == ("REF1", "2025-09-22", 1417.8, "USD")
    assert payment.uetr == "09797101-a670-4e81-98ed-34b409736400"
    assert (payment.debtor.name, payment.debtor.account) == ("HARBOUR CURLEW ENGINEERING SERVICES", "100811000148")
    assert payment.debtor.aliases == ("HARBOUR CURLEW ENGINEERING SERVICESLTD NO 852",)
    assert payment.debtor.name_truncated
    assert (payment.debtor_agent.swift_bic, payment.debtor_agent.account) == ("AABSLKLXXXX", "NAGODA BRANCH")
    assert [(one.name, one.address) for one in payment.intermediary_agents] == [("WONSAN BANK", "PYONGYANG")]
    assert payment.creditor_agent.swift_bic == "ICBKCNBJZJP"
    assert (payment.creditor.name, payment.creditor.address) == ("BLUE HERON BAKERY", "1 HIGH STREET")
    assert (payment.instructing_agent.swift_bic, payment.instructed_agent.swift_bic) == ("AABSLKLXXXX", "HANYUS33XXX")
    assert payment.remittance_information == "INVOICE 7 COAL"
    assert [(one.place, one.text) for one in payment.unmapped_text] == [
        ("field 72", "DEUTSCHE BANK TRUST CO. AMERICAS"),
        ("field 72", "RYUGYONG TRADING"),
    ]
    assert payment.source.path == "MT103 message 1, payment 1"


@pytest.mark.parametrize(
    ("tag", "lines", "expected"),
    [
        (
            "50F",
            ("/25698745", "1/HONG GIL", "1/DONG", "2/HIGH STREET", "3/KP/WONSAN", "4/19600131", "5/KP/HAMHUNG"),
            {"name": "HONG GIL DONG", "account": "25698745", "country": "KP", "address": "HIGH STREET, WONSAN",
             "birth_date": "19600131", "birth_place": "HAMHUNG"},
        ),
        (
            "50F",
            ("CCPT/KP/654110043", "1/HONG GIL DONG"),
            {"name": "HONG GIL DONG", "documents": [{"number": "654110043", "type": "CCPT/KP/654110043"}]},
        ),
        ("59F", ("/1", "1/KOREA TRADING CORPORATIONS OF WON", "1/SAN"), {
            "account": "1", "name": "KOREA TRADING CORPORATIONS OF WONSAN"}),
        ("57A", ("RZBRROBUXXX",), {"swift_bic": "RZBRROBUXXX"}),
        ("57D", ("//FW021000018", "WONSAN BANK"), {"account": "FW021000018", "name": "WONSAN BANK"}),
        ("59", ("/1", "ICBKCNBJZJP"), {"account": "1", "swift_bic": "ICBKCNBJZJP"}),
        ("57C", ("//CP999",), None),
        ("53B", ("/00000000",), None),
    ],
)  # fmt: skip
def test_options_of_party_fields(tag, lines, expected):
    assert party(Field(tag, lines)) == expected


def test_a_cover_payment_tells_banks_and_the_customers_behind_it(tmp_path):
    text = (
        "{1:F01INGBROBUXXXX0000000000}{2:O2020905221020MYMBGB2LXXXX00000000002210200905N}{3:{119:COV}}{4:\n:20:A\n:21:B\n"
        ":32A:221020RON26546464,\n:52A:MYMBGB2LXXX\n:57A:RZBRROBUXXX\n:58A:GEBABEBBXXX\n:50F:/2\n1/Debtor Co\n"
        ":52A:MYMBGB2LXXX\n:59F:/6\n1/Wonsan Finance\n3/RO/Bucharest\n-}"
    )
    (payment,) = read(tmp_path, text)
    assert (payment.debtor.swift_bic, payment.creditor.swift_bic) == ("MYMBGB2LXXX", "GEBABEBBXXX")
    assert (payment.ultimate_debtor.name, payment.ultimate_creditor.name) == ("Debtor Co", "Wonsan Finance")
    assert [one.swift_bic for one in payment.other_parties] == ["MYMBGB2LXXX"]
    assert (payment.instructing_agent.swift_bic, payment.instructed_agent.swift_bic) == ("MYMBGB2LXXX", "INGBROBUXXX")
    assert payment.source.path == "MT202 COV message 1, payment 1"


def test_each_transaction_of_a_request_is_a_payment_with_the_common_parties(tmp_path):
    text = HEAD.replace("I103", "I101") + (
        ":20:R\n:28D:1/1\n:50H:/1\nORDERING CO\n:30:090327\n:21:T1\n:32B:USD90000,\n:59:/2\nWONSAN ONE\n"
        ":21:T2\n:32B:USD5,\n:59:/3\nWONSAN TWO\n-}"
    )
    found = read(tmp_path, text)
    assert [(one.debtor.name, one.creditor.name, one.amount, str(one.date)) for one in found] == [
        ("ORDERING CO", "WONSAN ONE", 90000.0, "2009-03-27"),
        ("ORDERING CO", "WONSAN TWO", 5.0, "2009-03-27"),
    ]


def test_entries_of_a_statement_are_payments_with_what_is_told_of_them(tmp_path):
    text = HEAD.replace("I103", "I940") + (
        ":20:S\n:25:4\n:60F:D221020EUR8547,25\n:61:221020C65784,32NTRFref\n:86:WONSAN TRADING COAL\n"
        ":61:2210211021D5,NCHKx\nRYUGYONG\n:62F:C221020EUR5,07\n-}"
    )
    first, second = read(tmp_path, text)
    assert (first.id, first.amount, first.remittance_information) == ("S/1", 65784.32, "WONSAN TRADING COAL")
    assert (str(second.date), second.unmapped_text[0].text) == ("2022-10-21", "RYUGYONG")


STATEMENT = (
    "ABNANL2A\n940\n:20:REF\n:25:517852257\n:28C:1/1\n:60F:C110522EUR3236,28\n"
    ":61:1105240524D9,50NTRFNONREF      CHOLLIMA HARBOUR CO\nRYUGYONG TRADING\n"
    ":86:171?00SEPA UEBERWEISUNG?10281?20EREF+TRX-0A4A47C3-F846-4729?21-8A1B ?22SVWZ+PAYMENT FOR COAL OF MI\n"
    "?23NE AT WONSAN?30WONSKPPY?31DE42100100100043921105?32Chollima General Trading an?33d Shipping Ltd?34997\n"
    ":61:110525RC7,NTRFNONREF//12345\n"
    ":86:/TRTP/SEPA OVERBOEKING/IBAN/NL42ABNA0123456789/BIC/ABNANL2A/NAME/BLUE HERON BV\n"
    "/REMI/INVOICE 7 FOR TEA/EREF/NOTPROVIDED\n:62F:C110523EUR3226,78\n-\n"
    "ABNANL2A\n940\n:20:REF2\n:25:517852257\n:28C:2/1\n:60F:C110523EUR3226,78\n:61:110526C3,NMSCNONREF\n"
    ":86:HARBOUR CURLEW LTD\n:62F:C110526EUR3229,78\n-\n"
)


@pytest.mark.parametrize(
    "change", [str, lambda text: text.replace("\n", "\r\n"), lambda text: text.partition("940\n")[2]]
)
def test_bare_statements_tell_who_is_on_the_other_side(tmp_path, change):
    paid, reversed_, came = read(tmp_path, change(STATEMENT))
    assert (paid.id, str(paid.date), paid.amount, paid.currency) == ("REF/1", "2011-05-24", 9.5, "EUR")
    assert (paid.creditor.name, paid.creditor.account) == (
        "Chollima General Trading and Shipping Ltd", "DE42100100100043921105",
    )  # fmt: skip
    assert (paid.creditor_agent.swift_bic, paid.debtor) == ("WONSKPPY", None)
    assert "SVWZ+PAYMENT FOR COAL OF MINE AT WONSAN" in paid.remittance_information
    assert [one.text for one in paid.unmapped_text] == ["CHOLLIMA HARBOUR CO", "RYUGYONG TRADING"]
    assert (reversed_.creditor.name, reversed_.debtor) == ("BLUE HERON BV", None)
    assert reversed_.remittance_information == "SEPA OVERBOEKING INVOICE 7 FOR TEA NOTPROVIDED"
    assert (came.id, came.remittance_information) == ("REF2/1", "HARBOUR CURLEW LTD")
    assert came.source.path == "MT940 message 2, payment 1"


def test_words_in_a_field_for_numbers_are_kept(tmp_path):
    text = STATEMENT.replace(":86:HARBOUR CURLEW LTD", ":25:166?00GUTSCHRIFT?32KARL?33        CURLEW")
    assert [one.text for one in read(tmp_path, text)[-1].unmapped_text] == ["166?00GUTSCHRIFT?32KARL?33        CURLEW"]


def test_free_text_and_files_of_many_messages_with_acknowledgements(tmp_path):
    free = "{1:F01NDEAFIHHXXXX0000000000}{2:I199RBOSGB2LXXXXN}{4:\n:20:F\n:79:PAYMENT TO WONSAN TRADING\n-}"
    ack = "{1:F21AAAAUSLAAXXX5195167828}{4:{177:1704260717}{451:0}}"
    found = read(tmp_path, f"{ack}{MT103}${ack}{free}")
    assert [one.id for one in found] == ["REF1", "F"]
    assert found[1].remittance_information == "PAYMENT TO WONSAN TRADING"
    (bare,) = read(tmp_path, ":20:B\n:32A:250922USD1,\n:50K:A CO\n:59:WONSAN\n")
    assert (bare.debtor.name, bare.creditor.name) == ("A CO", "WONSAN")


def test_what_cannot_be_read_is_set_aside_with_the_reason(tmp_path):
    empty, good, wrong = read(
        tmp_path, "{1:F01AABSLKLXAXXX0000000000}{4:\nnothing\n-}" + MT103 + MT103.replace("250922", "259999")
    )
    assert isinstance(empty, Quarantined)
    assert "has no field like :20:" in empty.reason
    assert good.id == "REF1"
    assert isinstance(wrong, Quarantined)
    assert "2025-99-99" in wrong.reason
    (long,) = read(tmp_path, HEAD + ":20:" + "X" * 2 * MAX_MESSAGE)
    assert isinstance(long, Quarantined)
    assert "longer than 200,000 characters" in long.reason


@given(st.text(alphabet="{}:1234FI-$/\n XA€\x00", max_size=400))
def test_any_text_is_cut_into_messages_without_an_error(text):
    parts = list(units(io.BytesIO(text.encode()), "utf-8"))
    assert "".join(parts).replace(" ", "").count(":") <= text.count(":")
    for part in parts:
        parse(part)


def test_no_name_code_or_text_of_the_real_samples_is_lost(shared):
    """Every line of every field that may name somebody is in a record of its file, whatever its role."""
    samples = sorted((shared / "inputs/swift_mt").iterdir())
    assert len(samples) > 60
    words = 0
    for path in samples:
        with open_input(path) as source:
            records = [item.raw if isinstance(item, Quarantined) else item.model_dump_json() for item in source]
        assert records, path.name
        said = _squeezed("".join(map(str, records)).encode().decode("unicode_escape", "replace"))
        text = path.read_text(encoding="utf-8", errors="replace")
        for field in re.finditer(r"^:(5\d|70|72|77|79|86)[A-Z]?:(.*?)(?=^:|^-|\Z)", text, re.MULTILINE | re.DOTALL):
            for line in field[2].splitlines():
                bare = re.sub(r"^(?:/[A-Z0-9]{2,8}/|//?|[1-8]/)", "", line.strip())
                for word in re.findall(r"[A-Za-z]{3,}", bare):
                    words += 1
                    assert word.lower() in said, (path.name, line)
    assert words > 500


def _squeezed(text):
    return re.sub(r"[\s,]+", "", text).lower()
