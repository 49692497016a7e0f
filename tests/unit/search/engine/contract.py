"""What every engine must pass: what is found and counted, what a change makes visible, who may write, what fails how.

A class of tests for an engine derives from `EngineContract` and says how an engine for a folder is made and how its
index is damaged. Scores are the engine's own; the order is fixed by date alone.

The articles are the five real ones and paragraphs of them, each with a word that no other article has.
"""

from __future__ import annotations

import datetime
import pickle
import threading
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from search.analysis import analyze, fold, stop_words
from search.analysis.recalling import recall, recalling
from search.analysis.spellings import Spellings
from search.answer.matching import match
from search.documents.entries import IndexEntry
from search.engine.protocol import Engine, Question, SearchUnavailable, ValueUnion, WriterBusy
from search.tree import All, And, Days, Fuzzy, Linked, Node, Not, Or, Phrase, Prefix, Word
from tests.oracle.articles import TEXTS, entry

OCTOBER = datetime.date(2023, 10, 1), datetime.date(2023, 10, 31)
TREES = (
    Word("قطر"),
    Word("الخارجية"),
    And((Word("وزير"), Word("خارجية"))),
    Or((Word("لاتفيا"), Word("صلح"))),
    And((Word("قطر"), Not(Word("لاتفيا")))),
    Phrase(("المشاورات", "السياسية"), 0),
    Phrase(("وزارتي", "لجمهورية"), 3),
    Prefix("مشاور"),
    Fuzzy("الخارجيه", 1),
    Word("كلمةلاتوجدهنا"),
)


def rare(number: int) -> str:
    """A word that one article alone has: كلمه with two letters for its number."""
    return "كلمه" + "بتثجحخدذرز"[number // 10] + "بتثجحخدذرز"[number % 10]


@cache
def articles() -> tuple[IndexEntry, ...]:
    """The five, and eleven paragraphs of them; every third one is undated, the others stand on days of two months."""
    texts = [*TEXTS, *[part for text in TEXTS for part in text.split("\n\n") if 80 < len(part) < 600][:11]]
    made = []
    for number, text in enumerate(texts):
        day = None if number % 3 == 2 else datetime.date(2023, 9 + number % 2, 1 + number)
        one = entry(f"{text}\n\n{rare(number)} {rare(number)}", number + 1, rare(number))
        made.append(replace(one, source=f"s{number % 3}", dated_on=day, precision="day" if day else ""))
    return tuple(made)


def short(number: int, word: str = "خبر") -> IndexEntry:
    return entry(f"{word} {rare(number)}", number, word)


def fill(engine: Engine, entries: Iterable[IndexEntry], parts: int = 1) -> None:
    """Build the index anew, as processes do that hand over what they finished."""
    held = list(entries)
    with engine.writing() as writer, writer.build() as build:
        for number in range(parts):
            with engine.part(build.place) as part:
                if own := held[number::parts]:
                    part.add(own)
                finished = part.finish()
            build.take(pickle.loads(pickle.dumps(finished)))  # noqa: S301


def found(engine: Engine, tree: Node = All(), **narrowed: object) -> set[str]:  # noqa: B008
    answer = engine.search(Question(tree, size=100, **narrowed))  # type: ignore[arg-type]
    assert answer.total == len(answer.found)
    return {identifier for identifier, _score in answer.found}


def matching(tree: Node) -> set[str]:
    """The articles whose text answers a tree, matched without an index."""
    return {one.identifier for one in articles() if match(f"{one.body}", tree) is not None}


def countries(one: IndexEntry) -> set[str]:
    return {slug for kind, slug in one.records if kind == "country"}


class EngineContract:
    """Derive from it and give `new_engine` and `damage`."""

    @classmethod
    def new_engine(cls, folder: Path) -> Engine:
        """An engine whose index lies in or is named by a folder, which does not exist at first."""
        raise NotImplementedError

    def damage(self, folder: Path) -> None:
        """Take away some of the index's data."""
        raise NotImplementedError

    @pytest.fixture(scope="class")
    @classmethod
    def asked(cls, tmp_path_factory: pytest.TempPathFactory) -> Engine:
        """An engine that holds all articles."""
        engine = cls.new_engine(tmp_path_factory.mktemp("asked") / "index")
        fill(engine, articles())
        return engine

    @pytest.fixture
    def engine(self, tmp_path: Path) -> Engine:
        """An engine that holds three short articles and may be written to."""
        engine = self.new_engine(tmp_path / "index")
        fill(engine, map(short, (1, 2, 3)))
        return engine

    # What is found

    @pytest.mark.parametrize("tree", TREES, ids=lambda tree: type(tree).__name__)
    def test_a_question_finds_the_articles_whose_text_answers_it(self, asked: Engine, tree: Node) -> None:
        assert found(asked, tree, names=False) == matching(tree)
        assert bool(matching(tree)) == (tree != TREES[-1])

    def test_days_and_records_find_by_what_is_described(self, asked: Engine) -> None:
        low, high = (day.toordinal() for day in OCTOBER)
        dated = {one.identifier for one in articles() if one.dated_on and one.dated_on.month == 10}
        assert found(asked, Days(low, high)) == dated
        assert found(asked, Linked("country", "qa")) == {o.identifier for o in articles() if "qa" in countries(o)}

    def test_everything_is_found_by_no_words(self, asked: Engine) -> None:
        assert found(asked) == {one.identifier for one in articles()}
        assert asked.search(Question(Word("قطر"))).archive_total == len(articles())

    def test_the_undated_stand_behind_all_others_in_both_orders_of_time(self, asked: Engine) -> None:
        dated = sorted((one for one in articles() if one.dated_on), key=lambda one: (one.dated_on, one.key))
        for order, expected in (("oldest", dated), ("newest", dated[::-1])):
            names = [name for name, _score in asked.search(Question(order=order, size=100)).found]
            assert names[: len(dated)] == [one.identifier for one in expected]
            assert len(set(names)) == len(articles())

    def test_an_order_of_sources_is_that_which_is_asked_for_and_newest_first_within(self, asked: Engine) -> None:
        held = {one.identifier: one for one in articles()}
        sources = tuple(sorted({one.source for one in held.values() if one.source}, reverse=True))
        for given in (sources, sources[:1]):
            names = [name for name, _score in asked.search(Question(order="source", size=100, sources=given)).found]
            places = [given.index(held[one].source) if held[one].source in given else len(given) for one in names]
            assert places == sorted(places) and len(names) == len(held)
        last = [held[name] for name in names if held[name].source not in given and held[name].dated_on]
        assert last == sorted(last, key=lambda one: (one.dated_on, one.key), reverse=True)

    def test_the_last_that_came_are_first_by_arrival_whatever_their_day(self, asked: Engine) -> None:
        keys = {one.identifier: one.key for one in articles()}
        came = asked.search(Question(order="arrived", size=100)).found
        assert [keys[name] for name, _score in came] == sorted(keys.values(), reverse=True)
        first = asked.search(Question(order="arrived", size=2))
        assert first.end == sorted(keys.values())[-2]

    @pytest.mark.parametrize("order", ["oldest", "newest", "arrived"])
    def test_a_slice_begins_behind_the_end_of_another_one(self, asked: Engine, order: str) -> None:
        whole = asked.search(Question(order=order, size=100)).found
        walked: list[tuple[str, float]] = []
        beyond: int | None = None
        while (answer := asked.search(Question(order=order, size=2, beyond=beyond))).found:
            assert answer.total == len(whole)
            walked += answer.found
            beyond = answer.end
        assert walked == list(whole)

    def test_pages_are_slices_of_one_order(self, asked: Engine) -> None:
        whole = asked.search(Question(Word("قطر"), size=100)).found
        pages = [asked.search(Question(Word("قطر"), start=start, size=2)).found for start in range(0, len(whole), 2)]
        assert [one for page in pages for one in page] == list(whole)
        assert [score for _name, score in whole] == sorted((score for _name, score in whole), reverse=True)

    def test_an_article_is_weighed_above_nothing_exactly_where_it_answers(self, asked: Engine) -> None:
        for one in articles():
            weights = asked.weigh(TREES, one.identifier, names=False)
            assert [weight > 0 for weight in weights] == [one.identifier in found(asked, t, names=False) for t in TREES]
        assert asked.weigh(TREES[:2], "no such article") == [0.0, 0.0]

    # What is counted

    def test_a_facet_is_counted_under_the_choices_of_the_others(self, asked: Engine) -> None:
        chosen = Question(filters=(("source", ("s1",)), ("country", ("qa",))))
        counts = asked.search(chosen).counts
        sources = Counter(one.source for one in articles() if "qa" in countries(one))
        assert counts["source"] == sources
        assert counts["country"] == Counter(c for one in articles() if one.source == "s1" for c in countries(one))
        assert asked.search(chosen).total == sources["s1"]

    def test_an_excluded_value_is_counted_as_what_it_leaves_out(self, asked: Engine) -> None:
        answer = asked.search(Question(excluded=(("source", ("s1",)),)))
        assert answer.counts["source"] == Counter(one.source for one in articles())
        assert answer.total == sum(one.source != "s1" for one in articles())

    def test_a_union_of_values_counts_an_article_with_several_of_them_once(self, asked: Engine) -> None:
        both = ValueUnion("both", "country", ("az", "qa"))
        had = [one for one in articles() if countries(one) & {"az", "qa"}]
        assert asked.search(Question(unions=(both,))).unions == {"both": len(had)}
        chosen = Question(filters=(("source", ("s1",)), ("country", ("lv",))), unions=(both,))
        assert asked.search(chosen).unions == {"both": sum(one.source == "s1" for one in had)}
        without = Question(excluded=(("country", ("qa",)),), unions=(both, ValueUnion("one", "country", ("qa",))))
        assert asked.search(without).unions == {
            "both": sum("qa" not in countries(one) for one in had),
            "one": sum("qa" in countries(one) for one in had),
        }

    def test_who_narrowed_to_nothing_sees_the_values_with_nothing(self, asked: Engine) -> None:
        answer = asked.search(Question(filters=(("country", ("qa",)), ("year", ("1999",)))))
        assert answer.total == 0
        assert set(answer.counts["source"].values()) == {0} and answer.counts["source"].keys() == {"s0", "s1", "s2"}

    def test_a_range_leaves_out_the_undated_which_are_counted_beside_it(self, asked: Engine) -> None:
        answer = asked.search(Question(since=OCTOBER[0], until=OCTOBER[1], by_day=True))
        days = Counter(one.dated_on.toordinal() for one in articles() if one.dated_on and one.dated_on.month == 10)
        assert answer.days == days and answer.total == days.total()
        assert answer.counts["year"]["undated"] == sum(one.dated_on is None for one in articles())
        assert answer.months == {(2023, 10): days.total()}

    def test_days_are_counted_where_they_are_asked_for(self, asked: Engine) -> None:
        assert asked.search(Question()).days == {}
        days = asked.search(Question(by_day=True)).days
        assert list(days.items()) == sorted(
            Counter(o.dated_on.toordinal() if o.dated_on else 0 for o in articles()).items()
        )

    def test_facets_are_left_uncounted_where_nobody_wants_them(self, asked: Engine) -> None:
        for question in (Question(), Question(filters=(("country", ("qa",)),), excluded=(("source", ("s1",)),))):
            whole, bare = asked.search(question), asked.search(replace(question, by_facet=False))
            assert bare.counts == {} and whole.counts
            assert (bare.total, bare.found) == (whole.total, whole.found)

    def test_every_pair_of_values_is_counted_with_its_days(self, asked: Engine) -> None:
        pairs: Counter[frozenset[tuple[str, str]]] = Counter()
        for one in articles():
            values = [("source", one.source), *(("country", country) for country in countries(one))]
            pairs.update(map(frozenset, combinations(values, 2)))
        told = asked.together(Question(), ("country", "source"), 1000)
        assert {frozenset((pair.one, pair.other)): pair.count for pair in told.pairs} == pairs
        assert told.total == len(pairs)
        assert [pair.count for pair in told.pairs] == sorted(pairs.values(), reverse=True)
        best = told.pairs[0]
        days = [
            one.dated_on.toordinal() if one.dated_on else 0
            for one in articles()
            if {best.one[1], best.other[1]} <= {one.source, *countries(one)}
        ]
        assert (best.first, best.last) == (min(filter(None, days)), max(days))

    def test_places_are_counted_on_the_day_of_their_article(self, asked: Engine) -> None:
        usage = asked.usage(Question(Word(rare(0))))
        day = articles()[0].dated_on
        assert day and usage.articles == {day.toordinal(): 1}
        assert usage.places == {day.toordinal(): 2}  # both in a row of the text are one place, the title is another
        assert usage.words[day.toordinal()] > 50

    # The words of the index

    def test_words_are_offered_by_their_beginning_the_most_frequent_first(self, asked: Engine) -> None:
        words = asked.words()
        offered = words.starting_with("الخ", 5)
        counts = [words.frequency(word) for word in offered]
        assert fold("الخارجية") in offered and counts == sorted(counts, reverse=True)
        assert words.starting_with(rare(7), 9) == [rare(7)]
        assert words.starting_with("2", 9) == words.starting_with("zzz", 9) == []

    def test_every_word_is_listed_or_a_function_word(self, asked: Engine) -> None:
        every = asked.words().every()
        having = {word for one in articles() for word in map(fold, one.body.split()) if word in stop_words()}
        assert having and every >= {*asked.words().starting_with("", 1 << 30), *having}

    def test_words_near_a_misspelled_one_come_with_their_edits(self, asked: Engine) -> None:
        word = fold("الخارجية")
        assert (word, 1) in asked.words().near(word[:-1] + "ي", 1, 20)
        assert word not in dict(asked.words().near(word, 1, 20))

    def test_words_near_that_enough_articles_have_are_never_left_out(self, asked: Engine) -> None:
        words, typed = asked.words(), fold("الخارجي")
        near, least = words.near(typed, 2, 400), words.frequency(fold("الخارجية"))
        often = [one for one in near if words.frequency(one[0]) >= least]
        assert (fold("الخارجية"), 1) in often and len(often) < len(near)
        assert [one for one in words.near(typed, 2, 400, least) if words.frequency(one[0]) >= least] == often

    def test_articles_are_counted_by_their_words(self, asked: Engine) -> None:
        words, word = asked.words(), fold("قطر")
        having = {o.identifier for o in articles() if word in fold(o.body).split()}
        assert words.count([word]) >= len(having) > 1
        assert words.count([rare(3)]) == words.frequency(rare(3)) == 1
        assert words.count([rare(3), rare(4)]) == words.frequency("في") == 0
        assert words.identifiers(rare(3), 9) == [articles()[3].identifier]
        assert words.has(rare(3)) and not words.has("زززز", ["زززز"])
        assert words.has("زززز", analyze("السياسية")[0].stems)

    # The state of the index

    def test_the_index_tells_what_it_holds(self, asked: Engine) -> None:
        assert asked.digests() == {one.identifier: one.digest() for one in articles()}
        assert asked.state().articles == len(articles())
        assert asked.state().generation == asked.generation() == asked.search(Question()).generation
        assert asked.words() is asked.words() and asked.words().generation == asked.generation()
        assert asked.damage() == "" and asked.to_mend() == [] and asked.was_built()

    def test_without_an_index_nothing_is_answered(self, tmp_path: Path) -> None:
        engine = self.new_engine(tmp_path / "index")
        for ask in (
            engine.generation,
            engine.state,
            engine.words,
            engine.digests,
            lambda: engine.search(Question()),
            lambda: engine.weigh([All()], "1"),
            lambda: engine.together(Question(), ("country",), 1),
            lambda: engine.usage(Question()),
        ):
            with pytest.raises(SearchUnavailable):
                ask()
        assert engine.damage() and not engine.was_built()

    def test_a_damaged_index_is_not_answered_from_and_another_takes_its_place(
        self, engine: Engine, tmp_path: Path
    ) -> None:
        self.damage(tmp_path / "index")
        other = self.new_engine(tmp_path / "index")
        assert other.damage() and other.was_built()
        with pytest.raises(SearchUnavailable):
            other.search(Question())
        fill(other, [short(4)])
        assert other.damage() == "" and found(other) == {"0004"}

    def test_what_is_kept_of_words_is_forgotten_wherever_it_was_met(
        self, engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        words = tmp_path / "words"
        words.mkdir()
        monkeypatch.setattr(settings, "SPELLINGS_DIR", words)
        met = Spellings(words)
        with recalling(words):
            recall("كلمتانلميقرأهماأحد", "ar")
        with engine.writing() as writer:
            writer.apply([short(5)], [])
        assert met.path.exists()
        with engine.writing() as writer:
            writer.forget()
        assert list(tmp_path.rglob("spellings-*")) == []

    def test_a_condemned_index_is_refused_by_all_until_another_is_built(self, engine: Engine, tmp_path: Path) -> None:
        other = self.new_engine(tmp_path / "index")
        assert found(other)
        with engine.writing() as writer:
            writer.condemn("a bit has flipped")
        for one in (engine, other):
            with pytest.raises(SearchUnavailable, match="a bit has flipped"):
                one.search(Question())
        fill(engine, [short(4)])
        assert found(other) == {"0004"}

    # What is written

    def test_a_change_is_seen_by_the_next_question_of_everybody(self, engine: Engine, tmp_path: Path) -> None:
        other, seen = self.new_engine(tmp_path / "index"), [engine.generation()]
        assert found(other) == {"0001", "0002", "0003"}
        with engine.writing() as writer:
            writer.apply([short(4), short(1, "جديد")], ["0002"])
        seen.append(other.generation())
        assert found(other) == found(engine) == {"0001", "0003", "0004"}
        assert found(other, Word("جديد")) == {"0001"} and found(other, Word(rare(2))) == set()
        assert other.words().count([rare(2)]) == 0
        assert other.digests()["0001"] == short(1, "جديد").digest()
        with engine.writing() as writer:
            writer.apply([], ["0001"])
        assert len({*seen, engine.generation()}) == 3

    def test_who_writes_knows_what_the_index_has(self, engine: Engine) -> None:
        with engine.writing() as writer:
            assert writer.holds(["0001", "0003", "0009", "خلفوف"]) == {"0001", "0003"} and writer.holds([]) == set()
            writer.apply([short(4)], [])
            assert writer.holds(["0004"]) == {"0004"}

    def test_what_is_done_twice_changes_nothing(self, engine: Engine) -> None:
        for _time in range(2):
            with engine.writing() as writer:
                writer.apply([short(4)], ["0002", "no such article"])
            assert found(engine) == {"0001", "0003", "0004"}

    def test_there_is_one_writer(self, engine: Engine, tmp_path: Path) -> None:
        other, done = self.new_engine(tmp_path / "index"), threading.Event()

        def wait() -> None:
            with other.writing(wait=True) as writer:
                writer.apply([short(4)], [])
            done.set()

        with engine.writing():
            with pytest.raises(WriterBusy), other.writing():
                raise AssertionError("two write")
            waiting = threading.Thread(target=wait)
            waiting.start()
            assert not done.wait(0.05)
        waiting.join()
        assert "0004" in found(engine)

    def test_a_new_index_is_built_beside_the_one_that_answers(self, engine: Engine) -> None:
        before = engine.generation()
        with engine.writing() as writer, writer.build() as build, engine.part(build.place) as part:
            part.add([short(7)])
            build.take(part.finish())
            assert found(engine) == {"0001", "0002", "0003"} and engine.generation() == before
        assert found(engine) == {"0007"} and engine.generation() != before

    def test_a_build_that_fails_leaves_the_index_as_it_was(self, engine: Engine, tmp_path: Path) -> None:
        def failing() -> None:
            with engine.writing() as writer, writer.build() as build, engine.part(build.place) as part:
                part.add([short(7)])
                raise OSError("disk full")

        before = sorted(tmp_path.rglob("*"))
        with pytest.raises(OSError, match="disk full"):
            failing()
        assert found(engine) == {"0001", "0002", "0003"}
        assert sorted(tmp_path.rglob("*")) == before

    def test_an_index_is_made_of_all_its_parts_or_of_none(self, engine: Engine) -> None:
        fill(engine, map(short, range(1, 8)), parts=3)
        assert len(found(engine)) == 7
        fill(engine, [], parts=0)
        assert found(engine) == set() and engine.state().articles == 0 and engine.damage() == ""
        with engine.writing() as writer:
            writer.apply([short(1)], [])
        assert found(engine) == {"0001"}

    def test_tidying_and_mending_change_no_answer(self, engine: Engine) -> None:
        for number in (4, 5, 6):
            with engine.writing() as writer:
                writer.apply([short(number)], [f"{number - 3:04x}"])
        before = engine.digests()
        with engine.writing() as writer:
            while writer.tidy():
                pass
            assert writer.mend() == []
        assert engine.digests() == before and found(engine) == before.keys()

    def test_nobody_sees_an_earlier_state_after_a_later_one(self, engine: Engine) -> None:
        seen: list[list[int]] = [[], [], []]
        failures: list[BaseException] = []
        done = threading.Event()

        def ask(totals: list[int]) -> None:
            try:
                while not done.is_set():
                    totals.append(engine.search(Question()).total)
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=ask, args=(totals,)) for totals in seen]
        for thread in threads:
            thread.start()
        for number in range(4, 9):
            with engine.writing() as writer:
                writer.apply([short(number)], [])
        done.set()
        for thread in threads:
            thread.join()
        assert not failures
        assert all(totals == sorted(totals) for totals in seen)
        assert engine.search(Question()).total == 8
