import base64
import hashlib
import io
import random
import re
from datetime import date

import pytest
from alert_samples import PERSON, PROVENANCE, QUARANTINE, SetAside, make_alert, sample_alerts, sample_summary
from lxml import html as parser

from nkscreen.alerts.model import ConditionResult, Evidence, Finding, LegalBasis, PathValue, Severity, TokenPair
from nkscreen.records import Source
from nkscreen.report import html, write_html
from nkscreen.report.html import values, web_url
from nkscreen.screening.summary import FileCount, RunSummary

HOSTILE = "</script></style><img src=x onerror=alert(1)>\"'`{{7*7}}\u202egnp.exe\x1b[2J"


def rendered(alerts, summary=None, quarantined=()) -> str:
    stream = io.StringIO()
    write_html(alerts, summary or sample_summary(alerts), quarantined, stream)
    return stream.getvalue()


def plain(node) -> str:
    return " ".join(node.text_content().split())


def select(node, css: str):
    """Descendants by a selector of tags, `.class`, `#id` and `>`."""
    path, axis = ".", "//"
    for token in css.split():
        if token == ">":
            axis = "/"
            continue
        tag, kind, name = re.fullmatch(r"(\w*)([.#]?)([\w-]*)", token).groups()
        test = {
            "": "",
            "#": f"[@id='{name}']",
            ".": f"[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]",
        }[kind]
        path, axis = f"{path}{axis}{tag or '*'}{test}", "//"
    return node.xpath(path)


PAGE = rendered(sample_alerts(), quarantined=QUARANTINE)
TREE = parser.fromstring(PAGE)


def item(subject: str):
    (found,) = [row for row in select(TREE, "#list > li") if plain(select(row, ".subject")[0]) == subject]
    return found


def test_the_title_names_the_day_the_lists_and_the_versions():
    assert plain(select(TREE, "h1")[0]) == "Sanctions screening as of 2 March 2026"
    lead = plain(select(TREE, ".lead")[0])
    assert lead == ("OFAC list of 2026-02-27 · UN list of 2025-07-14 · rule pack nkscreen-dprk 0.1.0 · nkscreen 0.1.0")


def test_the_counts_are_those_of_the_summary():
    tiles = {plain(tile[0]).lstrip("=+ "): plain(tile[1]) for tile in select(TREE, ".tiles > div")}
    assert tiles == {
        **{"Read": "1,388", "Screened": "1,386", "Quarantined": "2", "Clear": "1,370", "Undecided": "4"},
        **{"All": "12", "Critical": "3", "High": "2", "Medium": "2", "Low": "3", "Info": "2"},
    }


def test_a_stale_list_is_warned_of_before_anything_else():
    assert "231 days before the run" in plain(select(TREE, "main > section")[0])


def test_a_run_that_does_not_add_up_is_warned_of():
    summary = RunSummary(files=(FileCount(name="a.csv", read=3, screened=1),), provenance=PROVENANCE)
    page = plain(select(parser.fromstring(rendered([], summary)), ".warnings")[0])
    assert "The records do not add up. 3 were read, but 1 screened and 0 quarantined make 1." in page


def test_alerts_that_are_not_on_the_page_are_warned_of():
    page = rendered(sample_alerts()[:2], sample_summary(sample_alerts()))
    assert "The run raised 12 alerts; this page holds 2 of them." in plain(parser.fromstring(page))


def test_a_run_without_alerts_does_not_call_quarantined_records_clear():
    summary = RunSummary(files=(FileCount(name="a", read=1, quarantined=1),), provenance=PROVENANCE)
    page = plain(parser.fromstring(rendered([], summary)))
    assert "No alert was raised. Quarantined and undecided records have not been cleared." in page


def test_the_most_urgent_alert_comes_first_whatever_the_order_given():
    shuffled = sample_alerts()
    random.Random(7).shuffle(shuffled)
    assert rendered(shuffled, quarantined=QUARANTINE) == PAGE
    ranks = [int(row.get("data-rank")) for row in select(TREE, "#list > li")]
    assert ranks == sorted(ranks, reverse=True)


def test_the_page_is_self_contained():
    assert not TREE.xpath("//link | //iframe | //object | //img | //*[@src]")
    assert "url(" not in PAGE
    assert "@import" not in PAGE
    assert {link.get("rel") for link in TREE.xpath("//a[starts-with(@href, 'http')]")} == {"noopener noreferrer"}


def test_the_policy_allows_the_pages_own_style_and_script_by_hash_and_nothing_else():
    (policy,) = TREE.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    parts = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    for directive, tag in (("style-src", "style"), ("script-src", "script")):
        (text,) = re.findall(f"<{tag}>(.*?)</{tag}>", PAGE, flags=re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert parts.pop(directive) == f"'sha256-{digest}'"
    assert parts == {"default-src": "'none'", "base-uri": "'none'", "form-action": "'none'"}


def test_nothing_needs_what_the_policy_forbids():
    names = {name for node in TREE.iter() if isinstance(node.tag, str) for name in node.attrib}
    assert "style" not in names
    assert not [name for name in names if name.startswith("on")]


def test_each_hit_has_its_waterfall_and_each_score_its_bar():
    row = item("SGDL1143")
    (title,) = select(row, "svg.waterfall title")
    assert title.text.startswith("Match weights in bits: prior −8.0, name +10.1")
    assert len(select(row, "svg.shares")) == 1
    assert [plain(chip)[:8] for chip in select(row, ".chip")] == ["리=Rikore", "원=Wonkor", "호≈Hokore"]


def test_a_shipment_has_its_route_for_wide_and_for_narrow_pages():
    row = item("RTMDL20180614")
    assert len(select(row, "svg.route")) == 2
    assert "Nampo" in select(row, "svg.route title")[0].text
    assert not select(item("Ri Chol Su"), "svg.route")


def test_a_shipment_that_cannot_be_read_back_says_so():
    page = rendered([make_alert(1, "shipment", "S", "h", "low", record={"id": "S", "legs": "none"})])
    assert "The record cannot be read back" in page


def test_conditions_show_their_state_in_words_with_values():
    held, *_, undecided, off = select(item("RTMDL20180614"), ".conditions > li")
    assert plain(held).startswith("held goods: HS 845811 (lathes)")
    assert "goods[0].hs_code 845811" in plain(held)
    assert plain(undecided) == "undecided darkmissing: vessel.port_calls"
    assert plain(off).startswith("did not hold inland")


def test_a_conflict_and_a_hit_not_in_force_are_called_out():
    assert "Conflict. Record and list disagree on the IMO number" in plain(item("CHONG CHON GANG 3"))
    assert "Not listed yet on 2017-06-01" in plain(item("RYE SONG GANG 1"))


def test_an_indicator_is_called_a_red_flag_and_no_prohibition():
    assert "indicator: a red flag, not a prohibition" in plain(item("Ri Chol Su"))


def test_quarantined_records_are_listed_with_place_and_reason():
    first, second = select(TREE, "#quarantine tbody tr")
    assert [plain(cell) for cell in first][:3] == ["dalian_feeder.csv", "14", "date"]
    assert plain(first[3]) == QUARANTINE[0].reason
    assert [plain(cell) for cell in second][:2] == ["workers.xlsx, sheet Q1", "88"]


def test_beyond_the_limit_alerts_are_rows_and_the_page_says_so(monkeypatch):
    monkeypatch.setattr(html, "DETAIL_LIMIT", 5)
    tree = parser.fromstring(rendered(sample_alerts()))
    assert len(select(tree, "#list > li")) == 12
    assert len(select(tree, "#list > li > details")) == 5
    assert "Detail is shown for the 5 most urgent of 12 alerts." in plain(select(tree, ".limit")[0])


def test_beyond_the_limit_quarantined_records_are_counted(monkeypatch):
    monkeypatch.setattr(html, "QUARANTINE_LIMIT", 1)
    page = parser.fromstring(rendered(sample_alerts(), quarantined=QUARANTINE))
    assert len(select(page, "#quarantine tbody tr")) == 1
    assert plain(select(page, "#quarantine .limit")[0]).startswith("1 of 2 are shown")


def test_a_long_record_is_cut_and_says_so(monkeypatch):
    record = {"id": "V", "notes": [f"n{index}" for index in range(300)]}
    page = rendered([make_alert(1, "vessel", "V", "h", "low", record=record)])
    assert "101 more values are in the JSON Lines file." in page


def test_an_alert_of_other_versions_names_them():
    other = PROVENANCE.model_copy(update={"as_of": date(2024, 1, 1)})
    page = rendered([make_alert(1, "vessel", "V", "h", "low", provenance=other)])
    assert "Produced with other versions than the rest of this page: as of 2024-01-01" in plain(parser.fromstring(page))


def hostile_run() -> str:
    hit = PERSON.model_copy(
        update={
            **dict.fromkeys(("path", "role", "given_name", "entity_id", "publisher", "caption"), HOSTILE),
            **dict.fromkeys(("matched_name", "matched_name_kind", "matched_name_quality"), HOSTILE),
            "decisive_identifier": HOSTILE,
            "evidence": (
                Evidence(
                    code=f"{HOSTILE}_conflict", path=HOSTILE, given=HOSTILE, listed=HOSTILE, weight=1, detail=HOSTILE
                ),
            ),
            "alignment": (TokenPair(given=HOSTILE, listed=HOSTILE, effect=HOSTILE, similarity=0.5),),
        }
    )
    finding = Finding(
        rule_id=HOSTILE,
        title=HOSTILE,
        family=HOSTILE,
        outcome="match",
        severity=Severity.LOW,
        score=1,
        jurisdictions=(HOSTILE,),
        conditions=(
            ConditionResult(
                name=HOSTILE, holds=None, says=HOSTILE, missing=(HOSTILE,),
                evidence=(PathValue(path=HOSTILE, value=HOSTILE),),
            ),
        ),
        missing=(HOSTILE,),
        legal=(LegalBasis(id=HOSTILE, para=HOSTILE, url="javascript:alert(1)"), LegalBasis(id="x", url=HOSTILE)),
        seed=(HOSTILE,),
        references=(HOSTILE, "data:text/html,<script>alert(1)</script>"),
        falsepositives=(HOSTILE,),
        action=HOSTILE,
        clock=HOSTILE,
        as_of=date(2020, 1, 1),
        detail=HOSTILE,
    )  # fmt: skip
    record = {"id": "S", "port_of_loading": HOSTILE, "legs": [{"port": HOSTILE, "vessel": {"name": HOSTILE}}]}
    alert = make_alert(
        1, "shipment", HOSTILE, HOSTILE, "high", id=HOSTILE, record_id=HOSTILE,
        source=Source(file=HOSTILE, sheet=HOSTILE),
        hits=(hit,), findings=(finding,), record=record | {HOSTILE: HOSTILE},
    )  # fmt: skip
    other = alert.model_copy(update={"id": "second", "record_kind": HOSTILE, "record": record})
    summary = RunSummary(
        files=(FileCount(name=HOSTILE, format=HOSTILE, kind=HOSTILE),),
        alerts_by_severity={Severity.HIGH: 2},
        warnings=(HOSTILE,),
        provenance=PROVENANCE.model_copy(update={"library": HOSTILE, "rulebook": HOSTILE}),
    )
    return rendered([alert, other], summary, [SetAside(Source(file=HOSTILE), HOSTILE, HOSTILE, {HOSTILE: HOSTILE})])


def test_hostile_text_stays_text_everywhere():
    page = hostile_run()
    tree = parser.fromstring(page)
    assert not tree.xpath("//img")
    assert len(tree.xpath("//script")) == len(tree.xpath("//style")) == 1
    names = {name for node in tree.iter() if isinstance(node.tag, str) for name in node.attrib}
    assert not [name for name in names if name.startswith("on") or name == "style"]
    assert {link.get("href") for link in tree.xpath("//a")} == {"#alerts"}
    assert "49gnp" not in page


def test_control_characters_and_direction_overrides_are_shown_and_not_obeyed():
    page = hostile_run()
    assert all(character == "\n" or character.isprintable() for character in page)
    assert "&lt;U+202E&gt;gnp.exe&lt;U+001B&gt;[2J" in page


@pytest.mark.parametrize(
    "text", ["https://docs.un.org/S/RES/2397(2017)", "http://example.org/a?b=c&d=e", " https://www.un.org/x "]
)
def test_web_addresses_become_links(text):
    assert web_url(text) == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "javascript:alert(1)",
        "JaVaScRiPt://example.org/%0aalert(1)",
        "data:text/html,x",
        "//example.org",
        "https://",
        "https:example.org",
        "https://[::1",
        "https://example.org/ two",
        "https://ехample.org",
        "ftp://example.org",
        "UNSCR 2397",
        "",
    ],
)
def test_anything_else_stays_text(text):
    assert web_url(text) is None


def test_the_values_of_a_record_come_flat_with_their_paths():
    record = {"id": "S", "legs": [{"port": "CNDAL", "transshipment": True}], "marks": None, "remarks": ""}
    assert list(values(record)) == [("id", "S"), ("legs[0].port", "CNDAL"), ("legs[0].transshipment", "yes")]
