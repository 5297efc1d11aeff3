"""`nkscreen lists update | sources`, against a publisher on this machine."""

import json
import signal
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "watchlist"))
import publishers

from nkscreen.cli import lists_update


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    server, address, trusted = publishers.serve(tmp_path_factory.mktemp("publisher"))
    yield address, trusted
    server.shutdown()
    server.server_close()


@pytest.fixture
def catalogue(served, tmp_path):
    """Two lists, one of which cannot be fetched."""
    path = tmp_path / "sources.yaml"
    path.write_text(
        "".join(
            f"""
- name: {name}
  publisher: own
  list: {name}
  files: [{{name: {name}.csv, url: "{served[0]}/{file}"}}]
  hosts: [127.0.0.1]
  most_megabytes: 1
  updated: daily
  reader: {reader}
  terms: ours alone
"""
            for name, file, reader in (("own", "own.csv", "verified"), ("gone", "gone.csv", "unverified"))
        )
    )
    return path


def test_lists_are_fetched_and_what_failed_is_said(nk, served, catalogue, tmp_path):
    run = ("lists", "update", "--store", tmp_path / "store", "--catalogue", catalogue, "--certificates", served[1])
    code, out, _ = nk(*run)
    assert code == 1
    assert "taken      own (no date, 2 entries)" in out
    assert f"failed     gone (none in use): {served[0]}/gone.csv answers 404 Not Found" in out
    code, out, _ = nk(*run, "--source", "own")
    assert (code, "unchanged  own (no date, 2 entries)" in out) == (0, True)
    code, out, _ = nk("match", "Wonsan Trading", "--list", tmp_path / "store")
    assert (code, "own:P-1" in out) == (0, True)


def test_without_a_network_it_says_what_to_fetch_by_hand(nk, served, catalogue, tmp_path):
    code, out, _ = nk("lists", "update", "--store", tmp_path / "store", "--catalogue", catalogue, "--offline")
    assert code == 0
    assert f"own: none in use\n  fetch {served[0]}/own.csv" in out
    assert f"nkscreen lists add FILE... --store {tmp_path / 'store'}" in out


def test_sources_show_terms_and_whether_their_reader_met_a_real_file(nk, served, catalogue, tmp_path):
    store = tmp_path / "store"
    nk("lists", "update", "--store", store, "--catalogue", catalogue, "--certificates", served[1])
    _, out, _ = nk("lists", "sources", "--catalogue", catalogue, "--store", store)
    assert "reader   unverified (no real file was at hand)" in out
    assert "terms    ours alone" in out
    assert "in use   of no date, fetched" in out
    _, out, _ = nk("lists", "sources", "--catalogue", catalogue, "--store", store, "--json")
    own, gone = json.loads(out)
    assert (own["in_use"]["entries"], gone["in_use"], gone["reader"]) == (2, None, "unverified")
    _, out, _ = nk("lists", "sources")
    assert "https://scsanctions.un.org/resources/xml/en/consolidated.xml" in out


def test_an_unknown_source_is_an_error_that_names_the_known_ones(nk, tmp_path):
    code, _, err = nk("lists", "update", "--store", tmp_path / "store", "--source", "unx")
    assert (code, "--source 'unx' is not known; known are un, ofac-sdn" in err) == (2, True)


def test_a_server_that_closes_its_end_does_not_end_the_update(nk, served, catalogue, tmp_path):
    """The command line lets a broken pipe end it, as `| head` expects; while it talks to servers it must not."""
    during = []

    class Watched(lists_update.Fetcher):
        def fetch_all(self, *given, **named):
            during.append(signal.getsignal(signal.SIGPIPE))
            return super().fetch_all(*given, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lists_update, "Fetcher", Watched)
        nk("lists", "update", "--store", tmp_path / "store", "--catalogue", catalogue, "--certificates", served[1])
    assert during == [signal.SIG_IGN]
