"""Fetching from a real server that truncates, stalls, redirects, answers pages, and changes its lists."""

import resource
from datetime import UTC, date, datetime

import httpx
import publishers
import pytest
from list_samples import write_ofac

from nkscreen.errors import ListError
from nkscreen.watchlist import staleness
from nkscreen.watchlist.catalogue import ListSource, read_sources, sources
from nkscreen.watchlist.fetch import Fetcher
from nkscreen.watchlist.store import Store
from nkscreen.watchlist.update import update_store

NOW = datetime(2026, 11, 5, 3, tzinfo=UTC)


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    server, address, trusted = publishers.serve(tmp_path_factory.mktemp("publisher"))
    yield server, address, trusted
    server.shutdown()
    server.server_close()


@pytest.fixture
def publisher(served):
    """The server, as new."""
    server = served[0]
    server.asked.clear()
    server.texts.clear()
    server.changed = publishers.CHANGED
    return server


@pytest.fixture
def source(served):
    """A source made of files on the server."""

    def make(*files, name="own", most=1, expected="own"):
        return ListSource.model_validate(
            {
                "name": name,
                "publisher": "own",
                "list": expected,
                "files": [{"name": file.split("=")[-1], "url": f"{served[1]}/{file.split('=')[0]}"} for file in files],
                "hosts": ["127.0.0.1"],
                "most_megabytes": most,
                "updated": "daily",
                "reader": "verified",
                "terms": "ours",
            }
        )

    return make


@pytest.fixture
def waits():
    """How long was waited between attempts."""
    return []


@pytest.fixture
def fetcher(served, publisher, waits):
    made = Fetcher(certificates=served[2], timeouts=httpx.Timeout(0.5), most_seconds=0.8, pause=waits.append)
    yield made
    made.close()


@pytest.fixture
def fetch(fetcher, tmp_path):
    """Fetch one source, knowing nothing of it."""
    return lambda source: next(fetcher.fetch_all([source], tmp_path, {}, date(2026, 11, 5)))


def test_a_file_is_fetched_whole_and_dated_by_its_publisher(fetch, source):
    found = fetch(source("own.csv=own_{date}.csv"))
    assert (found.error, found.unchanged) == ("", False)
    (file,) = found.files
    assert (file.path.name, file.path.read_text()) == ("own_2026-11-04.csv", publishers.LIST)


@pytest.mark.parametrize(
    ("file", "reason", "attempts"),
    [
        ("cut.csv", "could not be fetched whole", 4),
        ("stalls.csv", "did not answer in time", 4),
        ("drips.csv", "took longer than 1 seconds", 1),
        ("gone.csv", "answers 404 Not Found; check the list's address", 1),
        ("closed.csv", "answers 429 Too Many Requests; the list in use stays, try again later", 1),
        ("loops.csv", "redirects more than 5 times", 6),
        ("elsewhere.csv", "leads to lists.example.org, which is no known host of own", 1),
        ("downgraded.csv", "leads to http://127.0.0.1, which is not https", 1),
        ("nonsense.csv", "Invalid URL in location header", 4),
        ("bomb.csv", "sends more than 1 MB; check that it is the list", 1),
        ("damaged.csv", "sends a damaged body", 4),
        ("brotli.csv", "comes packed as 'br'", 1),
        ("claims.csv", "has 5,000,000,000 bytes, more than 1 MB", 1),
    ],
)
def test_what_goes_wrong_is_said_and_leaves_nothing(fetch, source, publisher, *, file, reason, attempts):
    found = fetch(source(file))
    assert found.files == ()
    assert reason in found.error
    assert f"https://127.0.0.1:{publisher.server_address[1]}/{file} " in found.error
    assert publisher.asked[file] == attempts


@pytest.mark.parametrize("file", ["moved.csv", "packed.csv"])
def test_a_redirect_to_a_known_host_and_a_packed_body_are_followed(fetch, source, file):
    assert fetch(source(file)).files[0].path.read_text() == publishers.LIST


def test_a_busy_server_is_given_the_time_it_asks_for(fetch, source, publisher, waits):
    assert fetch(source("busy.csv")).error == ""
    assert (publisher.asked["busy.csv"], waits) == (3, [2.0, 2.0])


def test_a_server_of_an_unknown_authority_is_not_believed(source, tmp_path, publisher):
    stranger = Fetcher(pause=lambda seconds: None)
    found = next(stranger.fetch_all([source("own.csv")], tmp_path, {}, NOW.date()))
    stranger.close()
    assert "certificate verify failed" in found.error
    assert publisher.asked == {}


def test_a_file_of_120_megabytes_needs_little_memory(served, source, tmp_path):
    fetcher = Fetcher(certificates=served[2])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = []
    found = next(
        fetcher.fetch_all([source("huge.csv", most=200)], tmp_path, {}, NOW.date(), lambda *said: told.append(said))
    )
    assert found.files[0].path.stat().st_size == publishers.HUGE == told[-1][1] == told[-1][2]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 40_000, "in kilobytes"
    found.files[0].path.unlink()
    fetcher.close()


def test_one_failing_source_stops_no_other_and_a_page_is_refused(fetcher, source, tmp_path):
    store = Store(tmp_path / "store")
    wanted = [
        source("cut.csv", name="cut", expected="cut"),
        source("own.csv", name="good"),
        source("page.csv", name="page", expected="page"),
        source("letters.xml", name="letters", expected="letters"),
        source("own.csv=other.csv", name="another", expected="the-list"),
    ]
    state, outcomes = update_store(store, wanted, fetcher, NOW)
    assert list(state.lists) == ["own"]
    assert [(one.source.name, one.status) for one in outcomes] == [
        ("cut", "failed"), ("good", "taken"), ("page", "refused"), ("letters", "refused"), ("another", "refused"),
    ]  # fmt: skip
    assert "is a web page" in outcomes[2].reason
    assert "is not well-formed XML" in outcomes[3].reason
    assert "is another list (other)" in outcomes[4].reason
    kept = state.lists["own"]
    assert (kept.retrieved, kept.url) == (NOW, wanted[1].files[0].url)


def test_a_list_that_did_not_change_is_not_sent_again_and_counts_as_fresh(fetcher, source, publisher, tmp_path):
    store, wanted = Store(tmp_path / "store"), [source("own.csv=own_{date}.csv")]
    update_store(store, wanted, fetcher, NOW)
    later = datetime(2027, 2, 5, 3, tzinfo=UTC)
    state, (outcome,) = update_store(store, wanted, fetcher, later)
    assert (outcome.status, state.number) == ("unchanged", 1)
    (snapshot,) = store.watchlist().snapshots
    assert (snapshot.list_date, snapshot.newest_on) == (date(2026, 11, 4), date(2027, 2, 5))
    assert staleness(snapshot, date(2027, 3, 1)) is None
    assert "30 days" not in str(staleness(snapshot, date(2027, 3, 9)))
    publisher.texts["own.csv"] = publishers.LIST + "P-3,Chollima Shipping,DPRK,KP\n"
    publisher.changed = "Fri, 05 Feb 2027 05:00:00 GMT"
    state, (outcome,) = update_store(store, wanted, fetcher, later)
    assert (outcome.status, state.number, state.lists["own"].entries) == ("taken", 2, 3)


def test_a_list_worse_than_the_one_in_use_is_refused_until_it_is_accepted(fetcher, source, publisher, tmp_path):
    store, wanted = Store(tmp_path / "store"), [source("own.csv=own_{date}.csv")]
    update_store(store, wanted, fetcher, NOW)
    publisher.texts["own.csv"] = "".join(publishers.LIST.splitlines(keepends=True)[:2])
    state, (outcome,) = update_store(store, wanted, fetcher, NOW)
    assert (outcome.status, state.lists["own"].entries) == ("refused", 2)
    assert "lacks 50.0% of the entries in use" in outcome.reason
    state, (outcome,) = update_store(store, wanted, fetcher, NOW, accept="struck off")
    assert (outcome.status, state.lists["own"].accepted) == ("taken", "struck off")


def test_a_set_of_files_is_one_list_also_when_only_some_changed(fetcher, source, publisher, tmp_path):
    write_ofac(tmp_path, "_2026-01-02")
    stems = ("sdn", "add", "alt", "sdn_comments")
    for stem in stems:
        publisher.texts[f"{stem}.csv"] = (tmp_path / f"{stem}_2026-01-02.csv").read_text(encoding="utf-8")
    wanted = source(
        *(f"{stem}.csv={stem}_{{date}}.csv" for stem in stems),
        expected="ofac-specially-designated-nationals-and-blocked-persons-list",
    )
    store = Store(tmp_path / "store")
    state, (outcome,) = update_store(store, [wanted], fetcher, NOW)
    assert (outcome.reason, outcome.status) == ("", "taken")
    (kept,) = state.lists.values()
    assert (kept.list_date, len(kept.raw)) == (date(2026, 11, 4), 4)
    publisher.asked.clear()
    _, (outcome,) = update_store(store, [wanted], fetcher, NOW)
    assert outcome.status == "unchanged"
    assert publisher.asked == {f"{stem}.csv": 1 for stem in stems}
    publisher.texts["sdn.csv"] = publisher.texts["sdn.csv"].replace("DPRK", "DPRK3")
    publisher.changed = "Thu, 05 Nov 2026 01:00:00 GMT"
    state, (outcome,) = update_store(store, [wanted], fetcher, NOW)
    assert (outcome.reason, outcome.status) == ("", "taken")
    assert state.lists[wanted.list_].list_date == date(2026, 11, 5)


def test_the_catalogue_names_terms_and_hosts_of_every_source():
    assert {"un", "ofac-sdn", "eu", "uk"} <= {one.name for one in sources()}
    for one in sources():
        assert one.terms
        assert {httpx.URL(address.url).host for address in one.files} <= set(one.hosts)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- {name: x", "is no YAML"),
        ("{}", "must be a list of sources"),
        ("- name: x", "holds a wrong source"),
        ('- {name: x, files: [{name: a, url: "http://x"}]}', "must begin with https"),
    ],
)
def test_a_wrong_catalogue_says_what_is_wrong(tmp_path, text, reason):
    path = tmp_path / "sources.yaml"
    path.write_text(text)
    with pytest.raises(ListError, match=reason):
        read_sources(path)
