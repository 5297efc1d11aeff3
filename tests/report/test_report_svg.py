import re

from alert_samples import CONFLICTING, PERSON, part, vessel_hit
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from nkscreen.alerts.model import Evidence
from nkscreen.report.svg import SHARES_WIDTH, element, shares, shorten, waterfall


def drawn(markup) -> etree._Element:
    return etree.fromstring(str(markup))


def texts(markup) -> list[str]:
    return [item.text or "" for item in drawn(markup).iter("text")]


def test_a_waterfall_shows_every_step_its_weight_and_the_probability():
    assert texts(waterfall(CONFLICTING)) == [
        "even odds",
        *("prior", "−8.0"),
        *("name", "+8.3"),
        *("IMO number conflict", "−14.0"),
        *("flag differs", "−0.5"),
        *("sum", "−14.2"),
        *("probability", "under 0.1 %"),
    ]


def test_steps_for_and_against_differ_in_direction_and_not_only_in_colour():
    bars = [item for item in drawn(waterfall(PERSON)).iter("rect") if item.get("class") in {"prior", "for", "against"}]
    assert [bar.get("class") for bar in bars] == ["prior", "for", "against", "for", "for", "against"]
    prior, name = bars[:2]
    assert prior.get("x") == name.get("x")
    assert float(name.get("width")) > float(prior.get("width"))


def test_a_picture_is_read_out_by_its_title():
    root = drawn(waterfall(PERSON))
    assert root.get("role") == "img"
    assert root[0].tag == "title"
    assert root[0].text.endswith("Probability 98.6 %.")


def test_a_waterfall_without_any_evidence_still_draws():
    assert "prior" in texts(waterfall(vessel_hit(evidence=(), prior=0.0, score=0.5)))


def test_shares_fill_the_bar_up_to_the_score():
    bar = drawn(shares((part("a", 50, 40, "x"), part("b", 40, 50, "y"))))
    segments = [item for item in bar.iter("rect") if "share" in item.get("class")]
    last = segments[-1]
    end = float(last.get("x")) + float(last.get("width"))
    assert abs(end - (0.70 * SHARES_WIDTH - 1.5)) < 0.2
    assert [item.text for item in bar.iter("text")] == ["1", "2"]


@given(st.text(), st.floats(min_value=-100, max_value=100))
def test_any_text_becomes_well_formed_and_escaped_svg(text, weight):
    evidence = Evidence(code=text, given=text, listed=text, weight=weight)
    root = drawn(waterfall(vessel_hit(evidence=(evidence,))))
    assert {item.tag for item in root.iter()} == {"svg", "title", "text", "rect", "line"}
    assert not re.search(r"nan|inf", " ".join(item.get("x", "") for item in root.iter()))


def test_attributes_are_escaped():
    assert element("rect", {"class": '"><script>'}) == '<rect class="&#34;&gt;&lt;script&gt;"></rect>'


def test_a_cut_is_shown_and_wide_characters_count_twice():
    assert shorten("IMO number equal", 20) == "IMO number equal"
    assert shorten("abcdefgh", 5) == "abcd…"
    assert shorten("천명천명천명", 7) == "천명천…"
