"""Ways to find listed names: ours, the exhaustive reference, and what others use, at the thresholds their users take.

Each is made ready with a list and then gives, for some names, pairs of a name's place and a listed name's place. One
whose packages are not installed raises ImportError when it is made ready.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

from names_made import Named

Pairs = list[tuple[int, int]]


class Approach:
    """What is common: its name in tables, its packages, and how many names it takes at a time."""

    title: ClassVar[str]
    packages: ClassVar[tuple[str, ...]] = ()
    at_a_time: ClassVar[int]
    learns: ClassVar[bool] = False
    """Whether names seen before cost less."""

    def ready(self, listed: Sequence[Named]) -> None:
        """Take the list in."""
        raise NotImplementedError

    def find(self, asked: Sequence[Named]) -> Pairs:
        """The listed names found for each name."""
        raise NotImplementedError

    def screen(self, asked: Sequence[Named]) -> int:
        """Screen names as its users would; how many of them alert."""
        return len({row for row, _ in self.find(asked)})


class Nkscreen(Approach):
    """A frame in, alerts out: names, identity, every rule of the pack, scores."""

    title = "nkscreen, frame to alerts"
    packages = ("nkscreen",)
    at_a_time = 20_000
    learns = True

    def ready(self, listed: Sequence[Named]) -> None:
        import nkscreen
        from nkscreen.watchlist.model import ListedEntity, ListedName, Snapshot

        entities = (
            ListedEntity(id=str(row), schema=schema, names=(ListedName(value=text),))
            for row, (text, schema) in enumerate(listed)
        )
        snapshot = Snapshot(publisher="bench", title="made", list_date=date(2026, 11, 1), entities=tuple(entities))
        self._screener = nkscreen.Screener(nkscreen.Watchlist(snapshot), nkscreen.load_rulebook(tests=False))

    def find(self, asked: Sequence[Named]) -> Pairs:
        from nkscreen.records import Mention

        found = []
        for row, (text, schema) in enumerate(asked):
            mention = Mention("", schema, "asked", names=(("name", text),))
            hits = self._screener.match(mention, as_of=self._screener.as_of, threshold=0.0)
            found += [(row, int(hit.entity_id)) for hit in hits]
        return found

    def screen(self, asked: Sequence[Named]) -> int:
        import polars as pl

        from nkscreen.screening.frames import screen_frame

        frame = pl.DataFrame(asked, schema=["name", "schema"], orient="row").with_row_index("id")
        return int((screen_frame(frame, screener=self._screener)["status"] == "alert").sum())


class Reference(Approach):
    """`compare_names` of every name with every listed one: what is to be found."""

    title = "compare_names with all, the reference"
    packages = ("nkscreen",)
    at_a_time = 4

    def ready(self, listed: Sequence[Named]) -> None:
        from nkscreen.matching.names.analyse import analyse

        self._listed = [analyse.__wrapped__(*name) for name in listed]

    def find(self, asked: Sequence[Named]) -> Pairs:
        from nkscreen.matching.names.analyse import analyse
        from nkscreen.matching.names.compare import DEFAULT_THRESHOLD, compare

        queries = [analyse(*name) for name in asked]
        return [
            (row, at)
            for row, query in enumerate(queries)
            for at, name in enumerate(self._listed)
            if compare(query, name).score >= DEFAULT_THRESHOLD
        ]


class _Cdist(Approach):
    packages = ("rapidfuzz",)
    scorer: ClassVar[str]
    cutoff: ClassVar[int]

    def ready(self, listed: Sequence[Named]) -> None:
        from rapidfuzz import utils

        self._listed = [utils.default_process(text) for text, _ in listed]

    def find(self, asked: Sequence[Named]) -> Pairs:
        import numpy as np
        from rapidfuzz import fuzz, process, utils

        queries = [utils.default_process(text) for text, _ in asked]
        scorer = getattr(fuzz, self.scorer)
        found = process.cdist(queries, self._listed, scorer=scorer, score_cutoff=self.cutoff, dtype=np.uint8)
        return [(int(row), int(at)) for row, at in np.argwhere(found)]


class TokenSort(_Cdist):
    """The plain recipe."""

    title, scorer, cutoff, at_a_time = "rapidfuzz cdist token_sort_ratio 85", "token_sort_ratio", 85, 100


class WRatio(_Cdist):
    """What rapidfuzz takes where nothing is said."""

    title, scorer, cutoff, at_a_time = "rapidfuzz cdist WRatio 86", "WRatio", 86, 5


class Trigrams(Approach):
    """Candidates by the cosine of character trigrams, still to be compared."""

    title = "sparse_dot_topn, trigrams, top 100 from .5"
    packages = ("sparse_dot_topn", "scikit-learn")
    at_a_time = 1_000

    def ready(self, listed: Sequence[Named]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sparse_dot_topn import sp_matmul_topn

        self._multiply = sp_matmul_topn
        self._reader = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 3), lowercase=True)
        self._listed = self._reader.fit_transform([text for text, _ in listed]).T.tocsr()

    def find(self, asked: Sequence[Named]) -> Pairs:
        queries = self._reader.transform([text for text, _ in asked])
        found = self._multiply(queries, self._listed, top_n=100, threshold=0.5).tocoo()
        return [(int(row), int(at)) for row, at in zip(found.row, found.col, strict=True)]


class Splink(Approach):
    """Fellegi and Sunter on DuckDB, pairs with a first or last word in common, unsupervised, from .5."""

    title = "splink on DuckDB, first or last word equal"
    packages = ("splink", "duckdb")
    at_a_time = 100_000

    def ready(self, listed: Sequence[Named]) -> None:
        import pyarrow as pa
        from splink import DuckDBAPI, SettingsCreator, block_on
        from splink import comparison_library as cl

        self._arrow, self._api, self._rules = pa, DuckDBAPI, [block_on("first"), block_on("last")]
        self._settings = SettingsCreator(
            link_type="link_only",
            comparisons=[cl.JaroWinklerAtThresholds(name, [0.95, 0.88, 0.8]) for name in ("first", "last", "name")],
            blocking_rules_to_generate_predictions=self._rules,
        )
        self._listed, self._trained = self._table(listed, "l"), False

    def _table(self, names: Sequence[Named], side: str) -> Any:
        texts = [text.casefold() for text, _ in names]
        words = [text.replace(",", " ").split() or [""] for text in texts]
        return self._arrow.table(
            {
                "unique_id": [f"{side}{row}" for row in range(len(names))],
                "name": texts,
                "first": [parts[0] for parts in words],
                "last": [parts[-1] for parts in words],
            }
        )

    def find(self, asked: Sequence[Named]) -> Pairs:
        from splink import Linker

        api = self._api()
        tables = [api.register(self._table(asked, "a"), table_name="asked")]
        tables.append(api.register(self._listed, table_name="listed"))
        linker = Linker(tables, self._settings, log_level="ERROR")
        if not self._trained:
            linker.training.estimate_u_using_random_sampling(max_pairs=1_000_000, seed=1)
            self._settings, self._trained = linker.misc.save_model_to_json(), True
        found = linker.inference.predict(threshold_match_probability=0.5).as_record_list()
        return [_places(row) for row in found]


class LogicV2(Approach):
    """What OpenSanctions uses: a blocker on DuckDB, candidates compared by logic-v2, from .7."""

    title = "nomenklatura blocker + logic-v2 .70"
    packages = ("nomenklatura", "followthemoney", "rigour")
    at_a_time = 20

    def ready(self, listed: Sequence[Named]) -> None:
        from followthemoney import Dataset, StatementEntity
        from nomenklatura.blocker import Index
        from nomenklatura.matching import get_algorithm
        from nomenklatura.resolver import Linker
        from nomenklatura.store import MemoryStore

        self._entity, self._dataset = StatementEntity, Dataset.make({"name": "bench", "title": "bench"})
        self._algorithm = get_algorithm("logic-v2")
        self._config = self._algorithm.default_config()
        store = MemoryStore(self._dataset, Linker({}))
        with store.writer() as writer:
            for row, name in enumerate(listed):
                writer.add_entity(self._made(f"l{row}", name))
        self._view = store.default_view()
        self._folder = tempfile.TemporaryDirectory()
        self._index = Index(self._view, Path(self._folder.name))
        self._index.build()
        self._asked = 0

    def _made(self, key: str, name: Named) -> Any:
        data = {"id": key, "schema": name[1], "properties": {"name": [name[0]]}}
        return self._entity.from_data(self._dataset, data, cleaned=False)

    def find(self, asked: Sequence[Named]) -> Pairs:
        keys = {f"a{self._asked + row}": row for row in range(len(asked))}
        self._asked += len(asked)
        queries = {key: self._made(key, asked[row]) for key, row in keys.items()}
        found = []
        for key, candidates in self._index.match_entities(queries.values()):
            for other, _ in candidates:
                entity = self._view.get_entity(other.id)
                if self._algorithm.compare(queries[key.id], entity, self._config).score >= 0.7:
                    found.append((keys[key.id], int(other.id[1:])))
        return found


APPROACHES: dict[str, type[Approach]] = {
    "nkscreen": Nkscreen,
    "reference": Reference,
    "token_sort": TokenSort,
    "wratio": WRatio,
    "trigrams": Trigrams,
    "splink": Splink,
    "logic-v2": LogicV2,
}


def _places(row: dict[str, Any]) -> tuple[int, int]:
    one, other = row["unique_id_l"], row["unique_id_r"]
    asked, listed = (one, other) if one[0] == "a" else (other, one)
    return int(asked[1:]), int(listed[1:])
