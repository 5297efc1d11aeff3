"""ISO 20022 messages as payments: every party and agent in its role, and no name, code or text lost."""

import io
import re
import time
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input
from nkscreen.records.codes import country

NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pacs.008.001.08"


def agent(code):
    return f"<FinInstnId><BICFI>{code}</BICFI></FinInstnId>"


TRANSFER = f"""<CdtTrfTxInf>
  <PmtId><InstrId>I1</InstrId><EndToEndId>E1</EndToEndId><UETR>09797101-a670-4e81-98ed-34b409736400</UETR></PmtId>
  <IntrBkSttlmAmt Ccy="USD">1417.8</IntrBkSttlmAmt><IntrBkSttlmDt>2025-09-22</IntrBkSttlmDt>
  <IntrmyAgt1>{agent("WONSKPPYXXX")}</IntrmyAgt1>
  <UltmtDbtr><Nm>Behind Co</Nm></UltmtDbtr>
  <Dbtr><Nm>Harbour Curlew Ltd</Nm><PstlAdr><StrtNm>High Street</StrtNm><TwnNm>Hong Kong</TwnNm><Ctry>HK</Ctry>
    <AdrLine>Room 7</AdrLine></PstlAdr>
    <Id><OrgId><LEI>529900T8BM49ADCSAO55</LEI><Othr><Id>REG-7</Id></Othr></OrgId></Id></Dbtr>
  <DbtrAcct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id></DbtrAcct>
  <DbtrAgt>{agent("AABSLKLXXXX")}</DbtrAgt><CdtrAgt>{agent("ICBKCNBJZJP")}</CdtrAgt>
  <Cdtr><Nm>Hong Gil Dong</Nm><Id><PrvtId><DtAndPlcOfBirth>
    <BirthDt>1960-01-31</BirthDt><CityOfBirth>Wonsan</CityOfBirth><CtryOfBirth>KP</CtryOfBirth></DtAndPlcOfBirth></PrvtId></Id></Cdtr>
  <InstrForCdtrAgt><InstrInf>CARE OF RYUGYONG TRADING</InstrInf></InstrForCdtrAgt>
  <RmtInf><Ustrd>COAL FROM NAMPO</Ustrd><Strd><Invcr><Nm>Chollima Invoicing</Nm></Invcr></Strd></RmtInf>
</CdtTrfTxInf>"""


HEADER = f"<InstgAgt>{agent('SENDKPPYXXX')}</InstgAgt>"


def message(*transactions, header=HEADER, namespace=NAMESPACE, after=""):
    return (
        f'<?xml version="1.0"?><Envelope><AppHdr><Fr><Nm>Header Sender</Nm></Fr></AppHdr><Document xmlns="{namespace}">'
        f"<FIToFICstmrCdtTrf><GrpHdr><MsgId>M</MsgId>{header}</GrpHdr>{''.join(transactions)}{after}</FIToFICstmrCdtTrf>"
        "</Document></Envelope>"
    )


def read(tmp_path, text, name="message.xml"):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with open_input(path) as source:
        assert source.format == "ISO 20022"
        return list(source)


def texts(payment):
    return {one.text for one in payment.unmapped_text}


def test_a_customer_transfer_has_every_party_in_its_role(tmp_path):
    (payment,) = read(tmp_path, message(TRANSFER))
    assert (payment.id, payment.end_to_end_id, payment.amount, payment.currency) == ("E1", "E1", 1417.8, "USD")
    assert (str(payment.date), payment.uetr) == ("2025-09-22", "09797101-a670-4e81-98ed-34b409736400")
    debtor = payment.debtor
    assert (debtor.name, debtor.country, debtor.lei_code) == ("Harbour Curlew Ltd", "HK", "529900T8BM49ADCSAO55")
    assert (debtor.account, debtor.address) == ("GB33BUKB20201555555555", "High Street, Hong Kong, Room 7")
    assert [document.number for document in debtor.documents] == ["REG-7"]
    assert (payment.creditor.schema_, payment.creditor.birth_date) == ("Person", "1960-01-31")
    assert (payment.creditor.birth_place, payment.ultimate_debtor.name) == ("Wonsan", "Behind Co")
    assert (payment.debtor_agent.swift_bic, payment.creditor_agent.swift_bic) == ("AABSLKLXXXX", "ICBKCNBJZJP")
    assert [one.swift_bic for one in payment.intermediary_agents] == ["WONSKPPYXXX"]
    assert payment.instructing_agent.swift_bic == "SENDKPPYXXX"
    assert payment.remittance_information == "COAL FROM NAMPO"
    assert {one.name for one in payment.other_parties} >= {"Chollima Invoicing"}
    assert "CARE OF RYUGYONG TRADING" in texts(payment)
    assert payment.source.path == "CdtTrfTxInf 1"


def test_headers_apply_to_every_transaction_and_their_texts_are_kept_once(tmp_path):
    header = "<InstgAgt>" + agent("SENDKPPYXXX") + "</InstgAgt><AddtlInf>WONSAN SPECIAL</AddtlInf>"
    after = "<SplmtryData><Envlp><Note>AFTERWARDS RYUGYONG</Note></Envlp></SplmtryData>"
    first, second, *rest = read(tmp_path, message(TRANSFER, TRANSFER, header=header, after=after))
    assert [one.instructing_agent.swift_bic for one in (first, second)] == ["SENDKPPYXXX"] * 2
    for text in ("WONSAN SPECIAL", "AFTERWARDS RYUGYONG"):
        assert [text in texts(one) for one in (first, second, *rest)].count(True) == 1


def batch(number, *, account="", after=""):
    """A batch of two credit transfers of one debtor."""
    transfers = "".join(
        f"<CdtTrfTxInf><PmtId><EndToEndId>E{number}{letter}</EndToEndId></PmtId>"
        f"<Cdtr><Nm>Creditor {number}{letter}</Nm></Cdtr></CdtTrfTxInf>"
        for letter in "ab"
    )
    behind = f"<UltmtDbtr><Nm>Behind {number}</Nm></UltmtDbtr>" if number % 2 else ""
    return (
        f"<PmtInf><PmtInfId>P{number}</PmtInfId><Dbtr><Nm>Debtor {number}</Nm></Dbtr>"
        f"<DbtrAcct><Id><IBAN>GB{number:02}BUKB20201555555555</IBAN></Id></DbtrAcct>{account}{behind}{transfers}{after}"
        f"</PmtInf>"
    )


def initiation(*batches):
    header = "<GrpHdr><MsgId>M</MsgId><InitgPty><Nm>Starting Co</Nm></InitgPty></GrpHdr>"
    namespace = NAMESPACE.replace("pacs.008", "pain.001")
    return f'<Document xmlns="{namespace}"><CstmrCdtTrfInitn>{header}{"".join(batches)}</CstmrCdtTrfInitn></Document>'


def test_a_batch_lends_its_parties_to_its_own_transactions_alone(tmp_path):
    found = read(tmp_path, initiation(batch(1), batch(2), batch(3)))
    assert [(one.id, one.debtor.name, one.creditor.name, one.initiating_party.name) for one in found] == [
        (f"E{number}{letter}", f"Debtor {number}", f"Creditor {number}{letter}", "Starting Co")
        for number in (1, 2, 3)
        for letter in "ab"
    ]
    assert [one.debtor.account[:4] for one in found] == ["GB01", "GB01", "GB02", "GB02", "GB03", "GB03"]
    behind = [one.ultimate_debtor.name if one.ultimate_debtor else None for one in found]
    assert behind == ["Behind 1", "Behind 1", None, None, "Behind 3", "Behind 3"]
    assert not any(one.other_parties for one in found)


def test_what_stands_at_the_end_of_a_batch_is_given_when_it_ends(tmp_path):
    after = "<SplmtryData><Note>FOR RYUGYONG {}</Note></SplmtryData>"
    *_, first, a, b, second = read(
        tmp_path, initiation(batch(1, after=after.format("ONE")), batch(2, after=after.format("TWO")))
    )
    assert (texts(first), texts(second)) == ({"FOR RYUGYONG ONE"}, {"FOR RYUGYONG TWO"})
    assert (a.id, b.id) == ("E2a", "E2b")


def test_a_second_account_of_a_party_is_kept_as_text(tmp_path):
    other = "<DbtrAcct><Id><Othr><Id>WONSAN-778</Id></Othr></Id></DbtrAcct>"
    first, second = read(tmp_path, initiation(batch(1, account=other)))
    assert (first.debtor.account[:4], second.debtor.account[:4]) == ("GB01", "GB01")
    assert ("WONSAN-778" in texts(first), "WONSAN-778" in texts(second)) == (True, False)


def test_an_account_of_a_batch_is_not_lent_to_the_transactions_own_party(tmp_path):
    own = batch(1).replace("<Cdtr><Nm>Creditor 1a", "<Dbtr><Nm>Another Debtor</Nm></Dbtr><Cdtr><Nm>Creditor 1a")
    first, second = read(tmp_path, initiation(own))
    assert (first.debtor.name, first.debtor.account) == ("Another Debtor", None)
    assert (second.debtor.name, second.debtor.account[:4]) == ("Debtor 1", "GB01")


def test_two_messages_in_one_wrapper_share_nothing(tmp_path):
    one, two = (message(TRANSFER, header=f"<InstgAgt>{agent(code)}</InstgAgt>") for code in ("AABSLKLX", "ICBKCNBJ"))
    inside = re.compile(r"<Document.*</Document>", re.DOTALL)
    first, second = read(tmp_path, f"<RequestPayload>{inside.search(one)[0]}{inside.search(two)[0]}</RequestPayload>")
    assert (first.instructing_agent.swift_bic, second.instructing_agent.swift_bic) == ("AABSLKLX", "ICBKCNBJ")


SAID = st.text(alphabet="Ab &<>é한\u00a0\t\n", max_size=6)


@given(st.lists(st.tuples(SAID, SAID, SAID, st.sampled_from(["KP", "CN", " "]), st.booleans()), min_size=2, max_size=6))
def test_transactions_of_one_shape_say_what_each_says_alone(transactions):
    """However often a shape comes, each transaction is read as if it were the only one of its file."""
    written = []
    for name, line, text, land, cdata in transactions:
        shown = f"<![CDATA[{text}]]>" if cdata else escape(text)
        written.append(
            f"<CdtTrfTxInf><Dbtr><Nm>{escape(name)}</Nm><PstlAdr><Ctry>KP</Ctry><AdrLine>{escape(line)}</AdrLine>"
            f"</PstlAdr><CtryOfRes>{land}</CtryOfRes><CtctDtls><Nm>{escape(line)}</Nm></CtctDtls></Dbtr>"
            f"<Cdtr><Nm>{escape(text)}</Nm><PstlAdr><Ctry>{land}</Ctry><Ctry>CN</Ctry></PstlAdr></Cdtr>"
            f"<RmtInf><Ustrd>{shown}</Ustrd></RmtInf><Purp><Prtry>{shown}</Prtry></Purp></CdtTrfTxInf>"
        )
    together, alone = said(written), [said([one])[0] for one in written]
    assert [one.model_dump(exclude={"id", "source"}) for one in together] == [
        one.model_dump(exclude={"id", "source"}) for one in alone
    ]
    for found, (name, line, text, land, _) in zip(together, transactions, strict=True):
        assert (found.debtor.name or "") == (" ".join(name.split()) or " ".join(line.split()))
        assert (found.remittance_information or "") == " ".join(text.split())
        kept = {(one.place, one.text) for one in found.unmapped_text}
        assert (("CdtTrfTxInf/Cdtr/PstlAdr/Ctry", "CN") in kept) == (land == "KP")


def said(transactions):
    document = (
        f'<Document xmlns="{NAMESPACE}"><FIToFICstmrCdtTrf>{"".join(transactions)}</FIToFICstmrCdtTrf></Document>'
    )
    found = open_input("-", stdin=io.BytesIO(document.encode()))
    assert found.format == "ISO 20022"
    return list(found)


def test_the_header_of_a_message_is_not_that_of_the_next(tmp_path):
    """Messages of one file as banks write them: header, document, header, document."""
    one = (
        "<AppHdr><Fr><Nm>Sender {0}</Nm></Fr></AppHdr><Document><FIToFICstmrCdtTrf><GrpHdr><InstgAgt>"
        f"{agent('SENDKPPYXXX')}</InstgAgt></GrpHdr><CdtTrfTxInf><Dbtr><Nm>Debtor {{0}}</Nm></Dbtr></CdtTrfTxInf>"
        "</FIToFICstmrCdtTrf></Document>"
    )
    found = read(tmp_path, f'<BusMsg xmlns="{NAMESPACE}">{"".join(one.format(number) for number in range(4))}</BusMsg>')
    assert [[party.name for party in payment.other_parties] for payment in found] == [
        ["Sender 0"], ["Sender 1"], ["Sender 2"], ["Sender 3"],
    ]  # fmt: skip
    assert [payment.instructing_agent.swift_bic for payment in found] == ["SENDKPPYXXX"] * 4


def test_batches_cost_the_same_however_many_came_before(tmp_path):
    started = time.process_time()
    found = sum(1 for _ in read(tmp_path, initiation(*map(batch, range(3000)))))
    assert (found, time.process_time() - started < 20) == (6000, True)


def test_what_stands_after_the_last_transaction_is_kept_however_long_the_file(tmp_path):
    after = f"<Filler>{'<F>1</F>' * 20_000}</Filler><SplmtryData><Note>AFTERWARDS RYUGYONG</Note></SplmtryData>"
    *_, last = read(tmp_path, message(TRANSFER, after=after))
    assert texts(last) == {"AFTERWARDS RYUGYONG"}


def test_the_customers_behind_a_cover_payment(tmp_path):
    covered = (
        "<UndrlygCstmrCdtTrf><Dbtr><Nm>Debtor Co</Nm></Dbtr><Cdtr><Nm>Wonsan Finance</Nm></Cdtr></UndrlygCstmrCdtTrf>"
    )
    text = f"<CdtTrfTxInf><Dbtr>{agent('AABSLKLXXXX')}</Dbtr><Cdtr>{agent('ICBKCNBJZJP')}</Cdtr>{covered}</CdtTrfTxInf>"
    (payment,) = read(tmp_path, message(text, namespace=NAMESPACE.replace("008", "009")))
    assert (payment.debtor.swift_bic, payment.creditor.swift_bic) == ("AABSLKLXXXX", "ICBKCNBJZJP")
    assert (payment.ultimate_debtor.name, payment.ultimate_creditor.name) == ("Debtor Co", "Wonsan Finance")


def test_entries_of_a_statement_keep_what_stands_after_their_details(tmp_path):
    entry = (
        '<Ntry><Amt Ccy="EUR">5.5</Amt><BookgDt><Dt>2025-01-02</Dt></BookgDt><NtryDtls><TxDtls><RltdPties>'
        "<Dbtr><Pty><Nm>Wonsan Trading</Nm></Pty></Dbtr></RltdPties></TxDtls></NtryDtls>"
        "<AddtlNtryInf>FOR COAL</AddtlNtryInf></Ntry>"
    )
    statement = f"<BkToCstmrStmt><Stmt>{entry}</Stmt></BkToCstmrStmt>"
    text = f'<Document xmlns="{NAMESPACE.replace("pacs.008", "camt.053")}">{statement}</Document>'
    (payment,) = read(tmp_path, text)
    assert (payment.debtor.name, payment.amount, str(payment.date)) == ("Wonsan Trading", 5.5, "2025-01-02")
    assert payment.remittance_information == "FOR COAL"


def test_a_wrong_transaction_is_set_aside_and_the_others_are_read(tmp_path):
    wrong = TRANSFER.replace("2025-09-22", "2025-99-99")
    bad, good = read(tmp_path, message(wrong, TRANSFER))
    assert isinstance(bad, Quarantined)
    assert "2025-99-99" in bad.reason
    assert good.creditor.name == "Hong Gil Dong"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (message(TRANSFER)[:-60], "the XML breaks off or is wrong after"),
        ('<!DOCTYPE d [<!ENTITY a "x">]>' + message(TRANSFER).partition("?>")[2], "declares a document type"),
        (
            '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/x">' + message(TRANSFER).partition("?>")[2],
            "declares a document type",
        ),
        ("<Document>" + "<a>" * 5000, "the XML breaks off or is wrong"),
    ],
)
def test_hostile_and_broken_files_are_errors(tmp_path, text, reason):
    with pytest.raises(InputError, match=reason):
        read(tmp_path, text)


def test_no_name_code_country_address_or_text_of_the_real_samples_is_lost(shared):
    """Every such leaf of every file is in a record of it, in a role or as unmapped text."""
    wanted = re.compile(
        r"Nm|BIC.*|.*BIC|LEI|IBAN|Ctry|CtryOfRes|AdrLine|StrtNm|TwnNm|Ustrd|AddtlRmtInf|InstrInf|AddtlInf"
    )
    leaves, aside = 0, []
    for path in sorted((shared / "inputs/iso20022").glob("*")):
        if path.suffix == ".json":
            continue
        with open_input(path) as source:
            if source.format != "ISO 20022":
                continue
            items = list(source)
        assert items, path.name
        if any(isinstance(item, Quarantined) for item in items):
            aside.append(path.name)  # templates, with YYYY-MM-DD for a date
            continue
        said = " ".join(map(_said, items))
        for leaf in etree.parse(path, etree.XMLParser(resolve_entities=False)).iter(etree.Element):
            text = " ".join((leaf.text or "").split())
            if len(leaf) == 0 and wanted.fullmatch(etree.QName(leaf).localname) and any(map(str.isalpha, text)):
                leaves += 1
                known = {_squeezed(text), (country.parse(text) or text).casefold()}  # a country is kept as its code
                assert any(one in _squeezed(said) for one in known), (path.name, etree.QName(leaf).localname, text)
    assert leaves > 2000
    assert len(aside) == 2


def _said(record):
    return " ".join(map(str, _values(record.model_dump(mode="json"))))


def _values(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _values(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _values(inner)
    elif value is not None:
        yield value


def _squeezed(text):
    return re.sub(r"[\s,]+", "", text).casefold()
