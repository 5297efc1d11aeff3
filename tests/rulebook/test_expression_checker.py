"""The type checker refuses, before any record is seen, what could never work."""

import pytest

from nkscreen.records import Shipment
from nkscreen.rulebook.language import (
    Basic,
    ExpressionError,
    HsPrefixes,
    ListOf,
    Scope,
    check_condition,
    parse,
    type_of,
)
from nkscreen.rulebook.vocabulary import record_type

FIELDS = record_type(Shipment).fields
SCOPE = Scope(
    FIELDS,
    {"dalian": ListOf(FIELDS["port_of_loading"]), "restricted": HsPrefixes(), "drinks": ListOf(Basic.STRING)},
)


def check(text):
    return check_condition(parse(text), text, SCOPE)


@pytest.mark.parametrize(
    "text",
    [
        "final_country == 'KP'",
        "legs.exists(l, l.port in dalian && l.transshipment)",
        "goods.exists(g, hs_in(g.hs_code, restricted))",
        "goods.exists(g, hs_in(g.hs_code, ['84', '8708']))",
        "hits.exists(h, h.dprk && h.score >= 0.7 && 'DPRK3' in h.programmes)",
        "vessel.sts_transfers.exists(t, t.flag == 'KP' && within_days(t.date, departure_date, 30))",
        "measured_weight_kg / gross_weight_kg > 1.05",
        "found_containers - declared_containers > 0",
        "any_word(remarks, drinks) || marks.contains('COAL') || port_of_loading.startsWith('KP')",
        "legs.exists(a, legs.exists(b, days(a.departure, b.arrival) < 0))",
        "consignee.schema == 'Company'",
        "has(date) && date >= date('2017-12-22')",
        "origin_country in ['KP', 'CN']",
        "'KP' in vessel.past_flags",
        "consignee.incorporation_date == '2019-03'",
    ],
)
def test_accepted(text):
    assert check(text) is not None


@pytest.mark.parametrize(
    ("text", "message", "at"),
    [
        ("legs.exists(l, l.prot == 'X')", "unknown field 'prot', did you mean 'port'?", "prot"),
        ("consigne.country == 'KP'", "unknown field 'consigne', did you mean 'consignee'?", "consigne"),
        ("source.row == 1", "unknown field 'source'", "source"),
        ("legs.port == 'CNDAL'", "a list of Leg has no fields; write .exists(x, x.port ...)", "port"),
        ("remarks.size == 1", "string has no fields", "size"),
        ("final_country", "a condition must be true or false, this is country code", "final_country"),
        ("final_country == 1", "'==' cannot compare country code with int", "=="),
        ("origin_country == port_of_loading", "'==' cannot compare country code with port code", "=="),
        ("remarks == final_country", "'==' cannot compare string with country code", "=="),
        ("legs == legs", "'==' cannot compare list of Leg with list of Leg", "=="),
        ("remarks < 'b'", "'<' compares two numbers or two dates, not string and string", "<"),
        ("consignee.birth_date < '1980'", "'<' compares two numbers or two dates, not date code and string", "<"),
        ("consignee.birth_date.startsWith('19')", "startsWith needs text or a code here, not date code", "birth_date"),
        ("date - arrival_date > 1", "'-' needs numbers, not date and date; write days(a, b)", "-"),
        ("final_country && true", "'&&' needs true or false, not country code", "final_country"),
        ("!remarks", "'!' needs true or false, not string", "remarks"),
        ("-remarks == 1", "'-' needs a number, not string", "remarks"),
        ("g.hs_code == 'x'", "unknown field 'g'", "g"),
        ("goods.exists(g, g.hs_code in restricted)", "write hs_in(code, list)", "in"),
        ("goods.exists(g, hs_in(g.hs_code, dalian))", "hs_in needs a list of HS prefixes here", "dalian"),
        ("goods.exists(g, hs_in(g.hs_code, ['847']))", "'847' is no HS prefix: write 2, 4, 6, 8 or 10 digits", "'847'"),
        ("hs_in(remarks, restricted)", "hs_in needs an HS code here, not string", "remarks"),
        ("any_word(remarks, container_numbers)", "any_word needs a list of the rule", "container_numbers"),
        ("any_word(remarks, ['-'])", "'-' has no letter or digit to look for", "'-'"),
        ("remarks.contains('')", "contains('') is always true", "''"),
        ("contains(remarks, 'x')", "unknown function 'contains'; write text or a code.contains", "contains"),
        ("hs_inn(remarks, drinks)", "unknown function 'hs_inn', did you mean 'hs_in'?", "hs_inn"),
        ("days(date) > 1", "write days(date, date)", "days"),
        ("origin_country in dalian", "a country code cannot be in a list of port code", "in"),
        ("origin_country in []", "nothing is in an empty list", "[]"),
        ("origin_country in ['KP', 1]", "the items of a list must be of one type", "["),
        ("legs in dalian", "'in' asks for one text, number or date, not list of Leg", "in"),
        ("remarks in remarks", "'in' needs a list on its right, not string", "in"),
        ("dalian.exists(p, p == 'CNDAL')", "exists needs a list of the record; write field in dalian", "exists"),
        ("legs.exists(date, true)", "'date' already means something here; give the variable another name", "exists"),
        ("legs.exists(l, l.port)", "what exists asks must be true or false, this is port code", "port"),
        ("legs.exists(l, true) || goods.exists(l, true)", "'l' stands for a Leg before; rename it", "exists(l, true)"),
        ("legs.exists(a, legs.exists(b, legs.exists(c, true)))", "quantifiers nest at most 2 deep", "exists(c"),
        ("remarks.matches('(a+)+$')", "unknown function 'matches'", "matches"),
        ("has(dalian)", "has() asks for a field of the record, 'dalian' is a list of the rule", "has"),
        ("has(1 + 1)", "write has(field) or has(part.field)", "has"),
        ("(true && true) == false", "'==' compares fields and constants; join conditions with && || !", "=="),
        ("1+1+1+1+1+1+1+1+1+1 > 2", "at most 8 of + - * / in one expression; split it", "+"),
    ],
)
def test_refused_at_its_place(text, message, at):
    with pytest.raises(ExpressionError) as caught:
        check(text)
    assert caught.value.message.startswith(message)
    assert text[caught.value.position :].startswith(at)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("final_country == 'North Korea'", "records write this country code as 'KP', not 'North Korea'"),
        ("'kp' == final_country", None),
        ("vessel.past_flags.exists(f, f == 'Atlantis')", "'Atlantis' is no country code"),
        ("origin_country in ['KP', 'Atlantis']", "'Atlantis' is no country code"),
        ("'Atlantis' in vessel.past_flags", "'Atlantis' is no country code"),
        ("port_of_loading == 'CNDLC'", "records write this port code as 'CNDAL', not 'CNDLC'"),
        ("consignee.schema == 'Organisation'", "'Organisation' is no schema code"),
        ("vessel.imo_number == '7937318'", "'7937318' is no imo code"),
    ],
)
def test_a_code_that_no_record_can_carry_is_refused_and_the_right_one_named(text, message):
    with pytest.raises(ExpressionError) as caught:
        check(text)
    assert caught.value.message.startswith(message or "records write this country code as 'KP'")


def test_loop_variables_and_their_types_come_back():
    bound = check("legs.exists(l, l.transshipment) || hits.exists(h, h.dprk)")
    assert {name: str(kind) for name, kind in bound.items()} == {"l": "Leg", "h": "RuleHit"}


def test_division_gives_a_double_even_of_integers():
    text = "found_containers / declared_containers"
    assert type_of(parse(text), text, SCOPE) is Basic.DOUBLE
