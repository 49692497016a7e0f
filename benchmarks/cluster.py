"""The cluster engine beside the embedded one: `python -m benchmarks.cluster WORK --size 60195 [--nodes 3]`.

Both hold the same articles (those of a work folder of `python -m benchmarks`, enlarged beyond their number) and answer
the same questions as readers type them, `queries.jsonl`, with all facets. Told are, first, how far the answers are the
same: totals, counts of facets, the best article, the best twenty. Then what they take: the embedded engine; the cluster
when it has to ask how frequent the words are, and when it knows; and a plain question to OpenSearch, which is
the words as they are, looked up in headline and text, with the same facets and filters. Every question is worked out
anew, and the best of some rounds counts.

The nodes are started here, by what the tests of the cluster start; their index is kept in the work folder. More than
one shard is not how an index is made (docs/adr/0022-opensearch.md): it is measured to know what it would cost.
PostgreSQL, and others, on the same articles: `python -m benchmarks DATA --engines postgresql --parts engines`.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks import queries
from benchmarks.queries import Query
from benchmarks.work import FACETS, TOP, Work, folder_size, say, set_up

CLIENTS, RATE_SECONDS = 4, 8.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the file, and as the engines are asked it."""

    query: Query
    question: Any


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path, help="work folder of `python -m benchmarks`, with its articles")
    parser.add_argument("--size", type=int, required=True)
    parser.add_argument("--nodes", type=int, default=1)
    parser.add_argument("--shards", type=int, default=1)
    parser.add_argument("--replicas", type=int, default=0)
    parser.add_argument("--heap", type=int, default=1024, help="MB of each node")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seed", type=int, default=7, help="of the order in which questions come")
    options = parser.parse_args()
    work = Work(options.work.resolve())
    set_up(work.state)
    say(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    told = measured(work, options)
    name = f"cluster-{options.size}-{options.nodes}-{options.shards}-{options.replicas}"
    print(json.dumps(work.write(name, told), ensure_ascii=False, indent=1))


def measured(work: Work, options: argparse.Namespace) -> dict[str, Any]:
    embedded = embedded_engine(work, options.size)
    with nodes_of(work, options) as nodes:
        cluster = cluster_engine(nodes, options)
        built = filled(cluster, work, options)
        asked = questions()
        random.Random(options.seed).shuffle(asked)
        told = {"articles": options.size, "nodes": options.nodes, "shards": options.shards, **built}
        told |= likeness((one.query.kind, embedded.search(one.question), cluster.search(one.question)) for one in asked)
        say(json.dumps(told, ensure_ascii=False))
        told["times"] = times(embedded, cluster, asked, options.rounds, [node.process.pid for node in nodes.nodes])
        say(json.dumps(told["times"]))
        told["places"] = places(embedded, cluster, asked)
        told["answers_a_second"] = rate(lambda one: cluster.search(one.question), asked)
        told |= sizes(nodes, cluster, work, options)
    return told


# Engines


def embedded_engine(work: Work, size: int) -> Any:
    from benchmarks.engines.diwan_engine import _backend, ask_anew, make

    folder = work.index("diwan", size)
    if not (folder / "current").exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = make(work)
        made.build(made.articles(work, size), folder)
    ask_anew()
    return _backend(folder)


@contextmanager
def nodes_of(work: Work, options: argparse.Namespace) -> Iterator[Any]:
    from tests.cluster.nodes import SearchNodes

    folder = work.folder / f"nodes-{options.nodes}"
    nodes = SearchNodes.of(options.nodes, folder, options.heap, ("-XX:+UseG1GC",))
    try:
        nodes.start(patience=1200)
        yield nodes
    finally:
        nodes.stop()


def cluster_engine(nodes: Any, options: argparse.Namespace) -> Any:
    from search.engine.opensearch.backend import DiwanOpenSearchBackend

    limit = {"persistent": {"indices.query.bool.max_clause_count": 8192}}
    nodes.nodes[0].ask("/_cluster/settings", "PUT", limit)
    name = f"bench-{options.size}-{options.shards}"
    made = DiwanOpenSearchBackend(
        "default", HOSTS=nodes.addresses, INDEX_NAME=name, PATH=str(options.work / name), SECONDS=60.0,
        REPLICAS=options.replicas,
    )  # fmt: skip
    if options.shards > 1:
        index = made.used.index
        searched, everywhere = index.search, "&search_type=dfs_query_then_fetch"
        index.search = lambda body, more="", **named: searched(body, more + everywhere, **named)
    return made


def filled(cluster: Any, work: Work, options: argparse.Namespace) -> dict[str, Any]:
    """Build the index, if it is not there, as a rebuild does, with articles from the work folder, not the database."""
    from benchmarks.archive import Kept, entry_of
    from benchmarks.enlarge import Enlarged
    from search.documents.entries import batches
    from search.engine.protocol import SearchUnavailable

    try:
        if cluster.state().articles == options.size:
            return {}
    except SearchUnavailable:
        pass
    began, busy = time.perf_counter(), time.process_time()
    with cluster.writing() as writer:
        writer.definition["settings"] = {
            "index": {**writer.definition["settings"]["index"], "number_of_shards": options.shards}
        }
        with writer.build() as build, cluster.part(build.place) as part:
            for number, batch in enumerate(batches(map(entry_of, Enlarged(Kept(work.articles), options.size)))):
                part.add(batch)
                if number % 20 == 0:
                    say(f"  {part.articles:,} of {options.size:,} articles written")
            build.take(part.finish())
    seconds = time.perf_counter() - began
    return {"built_seconds": round(seconds, 1), "of_it_analysis_processor": round(time.process_time() - busy, 1)}


def questions() -> list[Asked]:
    """The questions as readers type them."""
    from archive.authorities.directory import directory
    from benchmarks.engines.readers_engine import _typed
    from search.engine.protocol import Question
    from search.question.understanding import understand
    from search.request import SearchRequest

    made = []
    for query in queries.read():
        tree = understand(SearchRequest(q=_typed(query)), directory()).tree
        filters = tuple((facet, tuple(values)) for facet, values in query.facets.items())
        made.append(Asked(query, Question(tree, filters, "newest" if query.is_browsing else "relevance", 0, TOP)))
    return made


# Likeness


def likeness(answers: Iterable[tuple[str, Any, Any]]) -> dict[str, Any]:
    """How many answers are the same, of all and, of those by relevance, by kind of question."""
    whole: Counter[str] = Counter()
    kinds: dict[str, Counter[str]] = {}
    for kind, one, other in answers:
        whole["questions"] += 1
        whole["equal totals"] += one.total == other.total
        whole["equal facets"] += one.counts == other.counts
        if not one.found or kind == "browse":
            whole["equal articles, by date"] += bool(one.found) and _names(one) == _names(other)
            continue
        for held in (whole, kinds.setdefault(kind, Counter())):
            held["by relevance"] += 1
            held["same first"] += _names(one)[0] == _names(other)[0]
            held["first of equal scores"] += _is_tied(one, other)
            held["same sequence"] += _names(one) == _names(other)
            held["shown"] += len(one.found)
            held["shown by both"] += len({*_names(one)} & {*_names(other)})
    return {"likeness": dict(whole), "likeness_by_kind": {kind: dict(held) for kind, held in sorted(kinds.items())}}


def _is_tied(one: Any, other: Any) -> bool:
    """Whether the first ones differ though the embedded engine gives both the same score, but for a thousandth."""
    scores = dict(one.found)
    best, theirs = one.found[0][1], scores.get(other.found[0][0], 0.0)
    return _names(one)[0] != _names(other)[0] and abs(best - theirs) <= best / 1000


def _names(answer: Any) -> list[str]:
    return [identifier for identifier, _score in answer.found]


def places(embedded: Any, cluster: Any, asked: Iterable[Asked]) -> dict[str, Any]:
    """How far the cluster is off where it counts how often words stand somewhere, in hundredths, and what it says."""
    off: list[float] = []
    held: Counter[str] = Counter()
    for one in asked:
        if one.query.is_browsing or one.query.prefix:
            continue
        ours, theirs = (engine.usage(one.question) for engine in (embedded, cluster))
        counted, other = sum(ours.places.values()), sum(theirs.places.values())
        held["questions"] += 1
        held["said to be exact"] += theirs.is_exact
        held["equal"] += ours.places == theirs.places
        held["said to be exact, but not equal"] += theirs.is_exact and ours.places != theirs.places
        off.append(100 * abs(other - counted) / max(counted, 1))
    ranked = sorted(off)
    return {
        **held,
        "percent off, p50": ranked[len(ranked) // 2],
        "p95": ranked[int(0.95 * len(ranked))],
        "worst": max(off),
    }


# Times


def times(embedded: Any, cluster: Any, asked: Sequence[Asked], rounds: int, nodes: Sequence[int]) -> dict[str, Any]:
    """Milliseconds as they pass, and those of a processor, which are the same on a busy machine."""

    def inside(one: Asked) -> None:
        embedded.snapshot().cache.forget()
        embedded.search(one.question)

    def unknown(one: Asked) -> None:
        cluster.used.asked.terms.forget()
        cluster.search(one.question)

    ways: dict[str, Callable[[Asked], object]] = {
        "embedded": inside,
        "cluster, frequencies asked": unknown,
        "cluster, frequencies known": lambda one: cluster.search(one.question),
        "plain question to OpenSearch": lambda one: cluster.used.index.client.search(
            cluster.used.index.name, plain(one.query), seconds=60
        ),
    }
    told = {}
    for name, ask in ways.items():
        before = time.process_time(), busy(nodes)
        passed = spread([best_of(ask, one, rounds) for one in asked])
        own, theirs = time.process_time() - before[0], busy(nodes) - before[1]
        each = 1000 / (len(asked) * rounds)
        told[name] = passed | {"own processor": round(own * each, 1), "processor of the nodes": round(theirs * each, 1)}
    return told


def busy(processes: Sequence[int]) -> float:
    """Seconds of a processor that these took until now."""
    fields = [Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split() for process in processes]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


def best_of(ask: Callable[[Asked], object], one: Asked, rounds: int) -> float:
    return min(timed(lambda: ask(one)) for _round in range(rounds))


def timed(task: Callable[[], object]) -> float:
    began = time.perf_counter()
    task()
    return time.perf_counter() - began


def spread(seconds: Iterable[float]) -> dict[str, float]:
    """Milliseconds."""
    ranked = sorted(1000 * one for one in seconds)
    return {
        "p50": round(ranked[len(ranked) // 2], 1),
        "p95": round(ranked[int(len(ranked) * 0.95)], 1),
        "worst": round(ranked[-1], 1),
    }


def plain(query: Query) -> dict[str, Any]:
    """What somebody asks who has the index and nothing of ours: each word in headline or text, facets, days."""
    fields = ("title_norm", "text_norm")
    one_of = [{"bool": {"should": [{"term": {field: word}} for field in fields]}} for word in (*query.all, *query.any)]
    must = one_of[: len(query.all)]
    if query.any:
        must.append({"bool": {"should": one_of[len(query.all) :]}})
    if query.phrase:
        row = {"query": " ".join(query.phrase)}
        must.append({"bool": {"should": [{"match_phrase": {field: row}} for field in fields]}})
    if query.prefix:
        must.append({"bool": {"should": [{"prefix": {field: query.prefix}} for field in fields]}})
    narrowed: list[dict[str, Any]] = [{"terms": {facet: list(values)}} for facet, values in query.facets.items()]
    if query.ordinals:
        narrowed.append({"range": {"day": {"gte": query.ordinals[0], "lte": query.ordinals[1]}}})
    return {
        "size": TOP, "_source": False, "track_total_hits": True,
        "query": {"bool": {"must": must, "filter": narrowed}},
        "aggs": {facet: {"terms": {"field": facet, "size": 20_000}} for facet in FACETS},
    }  # fmt: skip


def rate(ask: Callable[[Asked], object], asked: Sequence[Asked]) -> float:
    """Answers a second that several clients get together."""
    until = time.perf_counter() + RATE_SECONDS

    def go_on(first: int) -> int:
        count = 0
        while time.perf_counter() < until:
            ask(asked[(first + count) % len(asked)])
            count += 1
        return count

    with ThreadPoolExecutor(CLIENTS) as threads:
        done = sum(threads.map(go_on, range(0, len(asked), -(-len(asked) // CLIENTS))))
    return round(done / RATE_SECONDS, 1)


# Sizes


def sizes(nodes: Any, cluster: Any, work: Work, options: argparse.Namespace) -> dict[str, Any]:
    """MB of the indexes, and of what the nodes hold."""
    place = cluster.used.index.state().place
    stored = nodes.nodes[0].ask(f"/{place}/_stats/store")["_all"]["primaries"]["store"]["size_in_bytes"]
    held = [Path(f"/proc/{node.process.pid}/status").read_text() for node in nodes.nodes]
    return {
        "megabytes_of_primaries": round(stored / 2**20, 1),
        "megabytes_of_the_embedded_index": round(folder_size(work.index("diwan", options.size)), 1),
        "megabytes_that_nodes_hold": [int(status.split("VmRSS:")[1].split()[0]) // 1024 for status in held],
    }


if __name__ == "__main__":
    main()
