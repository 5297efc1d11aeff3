"""Fedwire messages as payments: parties and banks in their roles, fixed and variable parts, JSON, no words lost."""

import json
import re

import pytest

from nkscreen.errors import InputError
from nkscreen.formats import Quarantined, open_input
from nkscreen.formats.edi.text import looks_like_text
from nkscreen.formats.fedwire.messages import messages

WIRE = (
    "{1500}30User ReqT {1510}1000{1520}20190410Source08000001{2000}000001234567{3100}121042882Wells Fargo NA*"
    "{3400}231380104Citadel*{3600}CTP*{3320}REF-7*"
    "{4000}BWONSKPPYXXX*Wonsan Bank*Pyongyang*\n{4100}F021000021*Bank of the River*1 Bank Street*Seoul*\n"
    "{4200}D98765*Chollima General Trading*2 Hill Road*Pyongyang*North Korea*\n"
    "{5000}1KP123456*HONG GIL DONG*3 Low Road*Dalian*\n{5100}U123*Dalian Bank*\n{5200}D1*Instructing Bank*\n"
    "{6000}FOR COAL*FROM WONSAN*\n{6400}CARE OF*RYUGYONG TRADING*\n{6410}LTRCall Mr Ri*\n{8200}0013BLUE HERON CO"
)


def fixed(tag, code, *lines):
    return "{" + tag + "}" + code.ljust(35) + "".join(line.ljust(35) for line in lines)


def read(tmp_path, text, name="wires.txt"):
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with open_input(path) as source:
        assert source.format == "Fedwire"
        return list(source)


def test_parties_and_banks_stand_in_their_roles(tmp_path):
    (wire,) = read(tmp_path, WIRE)
    assert (wire.id, str(wire.date), wire.amount, wire.currency) == (
        "20190410Source08000001", "2019-04-10", 12345.67, "USD",
    )  # fmt: skip
    assert (wire.debtor.name, wire.debtor.address) == ("HONG GIL DONG", "3 Low Road, Dalian")
    assert [(one.type, one.number) for one in wire.debtor.documents] == [("passport", "KP123456")]
    assert (wire.creditor.name, wire.creditor.account) == ("Chollima General Trading", "98765")
    assert wire.creditor.address == "2 Hill Road, Pyongyang, North Korea"
    assert [(one.name, one.swift_bic) for one in wire.intermediary_agents] == [("Wonsan Bank", "WONSKPPYXXX")]
    assert (wire.creditor_agent.name, wire.debtor_agent.name) == ("Bank of the River", "Dalian Bank")
    assert (wire.instructing_agent.name, wire.instructed_agent.name) == ("Wells Fargo NA", "Citadel")
    assert [(one.name, one.role) for one in wire.other_parties] == [("Instructing Bank", "instructing institution")]
    assert wire.remittance_information == "FOR COAL FROM WONSAN"
    assert [one.text for one in wire.unmapped_text] == ["CARE OF RYUGYONG TRADING", "Call Mr Ri", "BLUE HERON CO"]


def test_parts_of_fixed_width_say_the_same(tmp_path):
    text = "{1500}30\n{2000}000000000100\n" + "\n".join(
        [
            fixed("4200", "D98765", "Chollima General Trading", "2 Hill Road", "", "Pyongyang"),
            fixed("5000", "11234", "HONG GIL DONG"),
            "{6300}" + "CARE OF RYUGYONG TRADING AND SH".ljust(30)[:30] + "IPPING COMPANY".ljust(33),
        ]
    )
    (wire,) = read(tmp_path, text)
    assert (wire.creditor.name, wire.creditor.account, wire.creditor.address) == (
        "Chollima General Trading", "98765", "2 Hill Road, Pyongyang",
    )  # fmt: skip
    assert wire.debtor.name == "HONG GIL DONG"
    assert [one.text for one in wire.unmapped_text] == ["CARE OF RYUGYONG TRADING AND S IPPING COMPANY"]


def test_the_customers_behind_a_cover_payment(tmp_path):
    cover = "{7050}50F*/12345*1/HONG GIL DONG*2/LOW ROAD*3/KP/WONSAN*{7052}52A*WONSKPPY*{7059}59*CHOLLIMA CO*PYONGYANG*"
    (wire,) = read(tmp_path, WIRE + "\n" + cover)
    assert (wire.ultimate_debtor.name, wire.ultimate_debtor.country) == ("HONG GIL DONG", "KP")
    assert (wire.ultimate_creditor.name, wire.ultimate_creditor.address) == ("CHOLLIMA CO", "PYONGYANG")
    assert ("WONSKPPY", "bank of the transfer covered") in [(one.swift_bic, one.role) for one in wire.other_parties]


def test_many_messages_and_what_the_fed_appended(tmp_path):
    assert [one.id for one in read(tmp_path, f"{WIRE}\n{{1100}}30P N{{1120}}20190502Source08\n{WIRE}")] == [
        "20190410Source08000001", "20190410Source08000001",
    ]  # fmt: skip
    assert len(list(messages("{1100}30P{1500}1{2000}1{1100}30P{1500}2"))) == 2
    (bad, good) = read(tmp_path, WIRE.replace("20190410", "20199910") + WIRE)
    assert (isinstance(bad, Quarantined), good.debtor.name) == (True, "HONG GIL DONG")


@pytest.mark.parametrize(("text", "reason"), [('{"fedWireMessage": {"a"', "the JSON breaks off")])
def test_broken_json_is_an_error(tmp_path, text, reason):
    with pytest.raises(InputError, match=reason):
        read(tmp_path, text)


def test_no_words_of_the_real_samples_are_lost(shared):
    pieces = 0
    for path in sorted((shared / "inputs/fedwire").iterdir()):
        with open_input(path) as source:
            assert source.format == "Fedwire", path.name
            items = list(source)
        assert not any(isinstance(item, Quarantined) for item in items), path.name
        said = re.sub(r"[\s,]+", "", " ".join(item.model_dump_json() for item in items))
        text = path.read_text(encoding="utf-8")
        found = _strings(json.loads(text)) if path.suffix == ".json" else re.split(r"\{\d{4}\}|\*|\s{2,}|\n", text)
        for piece in map(str.strip, found):
            if looks_like_text(piece) and piece not in {
                "User Req",
                "30User ReqP",
                "30User ReqT",
                "Previous Message Ident",
            }:
                pieces += 1
                words = re.sub(r"^[\dA-Z]{3,9}(?=[A-Z][a-z])", "", piece)  # a code before the words
                assert re.sub(r"[\s,]+", "", words)[-8:] in said, (path.name, piece)
    assert pieces > 700


def _strings(value):
    if isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, str):
        yield value
