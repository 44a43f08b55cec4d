"""Do the pipeline's Python functions do what they say? Without JVM, Flink or files of data.

PYTHONPATH=../../../python python -m pytest test_steps.py
"""

from __future__ import annotations

import json

import history
import pandas as pd
import pytest
from cleaning import DIRTY, LATE, Clean, normal_price, normal_prices
from columns import FEATURES, PATIENCE_MS
from features import Shares, Visited, visited
from model import Learner, Model
from refresh import PERIOD_MS, Refresh
from samples import Label
from serving import SWAPS, Serve
from training import BATCH, BATCHES_A_VERSION, Train

from naja.flink import Row
from naja.flink.testing import ProcessHarness, aggregate, opened

MINUTE = 60_000

PRICES = {
    "1299.00": "1299.00",
    "1,299.00": "1299.00",
    "¥1,299.5": "1299.50",
    "USD 7": "7.00",
    " 3.10 ": "3.10",
    "N/A": None,
    "1.2.3": None,
    "": None,
    None: None,
}


def row(**values) -> Row:
    return Row(**values)


def request(
    trace_id: str = "t1", user_id: str = "u1", ts: int = 0, due: int = 0, **features
) -> Row:
    values = dict.fromkeys(FEATURES, 1.0) | features
    return row(trace_id=trace_id, user_id=user_id, ts=ts, due=due, **values)


@pytest.fixture
def learner() -> Learner:
    """Has learned that clicks come with affinity."""
    one = Learner()
    rows = [[0.0] * 3 + [float(number % 2)] + [0.0] * 2 for number in range(40)]
    for _ in range(20):
        one.learn(rows, [number % 2 for number in range(40)])
    return one


@pytest.mark.parametrize("price", PRICES)
def test_price_is_normalized(price):
    assert normal_price(price) == PRICES[price]


def test_prices_are_normalized_at_once():
    assert list(normal_prices(pd.Series(list(PRICES)))) == list(PRICES.values())


def test_cleaning_tells_clean_dirty_and_late():
    def event(**changes) -> Row:
        values = {"trace_id": "t1", "user_id": "u1", "ts": 5 * MINUTE, "position": 0, "price": "¥2"}
        return row(**(values | changes))

    with ProcessHarness(Clean) as harness:
        assert harness.process(event())[0].price == "2.00"
        harness.advance_watermark(5 * MINUTE)
        harness.process(event(price="N/A"))
        harness.process(event(user_id=""))
        harness.process(event(position=-1))
        harness.process(event())
        assert len(harness.results) == 1
        reasons = [json.loads(one)["why"] for one in harness.side(DIRTY)]
        assert reasons == ["no price", "no trace or user", "no position"]
        assert harness.side(LATE) == ['{"trace_id": "t1", "ts": 300000}']


def test_visited_is_the_same_in_sql_and_stream():
    clicks = [("i2", 30), ("i1", 10), ("i3", 30)]
    items, times = zip(*clicks)
    assert visited(pd.Series(items), pd.Series(times)) == "i1|i2|i3"
    function = Visited()
    accumulators = [function.create_accumulator(), function.create_accumulator()]
    for number, (item, time) in enumerate(clicks):
        side = number % 2
        accumulators[side] = function.add(row(item_id=item, ts=time), accumulators[side])
    assert function.get_result(function.merge(*accumulators)) == "i1|i2|i3"


@pytest.mark.parametrize("parts", [1, 3])
def test_shares_of_categories(parts: int):
    found = aggregate(Shares, ["toys", "books", "toys", "toys"], parts=parts)
    assert found == "books:0.250 toys:0.750"


def event(kind: str, ts: int, trace_id: str = "t1") -> Row:
    return row(event=kind, ts=ts, trace_id=trace_id)


def labels(*events: Row, until: int = 10**9) -> list[tuple]:
    with ProcessHarness(Label, key=lambda one: one.trace_id) as harness:
        for one in events:
            harness.process(one)
        harness.advance_watermark(until)
        assert harness.timers() == []
        return [tuple(one) for one in harness.results]


def test_click_in_time_makes_a_positive_sample():
    assert labels(event("exposure", 0), event("click", MINUTE)) == [(MINUTE, "t1", 1)]


def test_click_may_come_before_its_exposure():
    assert labels(event("click", MINUTE), event("exposure", 0)) == [(MINUTE, "t1", 1)]


def test_exposure_waits_ten_minutes():
    assert labels(event("exposure", 5)) == [(5 + PATIENCE_MS, "t1", 0)]
    late = event("click", 6 + PATIENCE_MS)
    assert labels(event("exposure", 5), late) == [(5 + PATIENCE_MS, "t1", 0)]


def test_exposure_logged_twice_counts_once():
    twice = [event("exposure", 0)] * 2
    assert labels(*twice, event("click", 9)) == [(9, "t1", 1)]
    assert labels(*twice) == [(PATIENCE_MS, "t1", 0)]


def test_click_without_exposure_is_forgotten():
    assert labels(event("click", 7)) == []


def test_history_is_looked_up(tmp_path):
    url = f"sqlite:{tmp_path / 'history.db'}"
    served = pd.DataFrame([["t1", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0]], columns=["trace_id", *FEATURES])
    history.Database(url).create(served)
    with opened(history.Lookup, url=url) as lookup:
        row = ("t1", 1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
        assert lookup.lookup("t1") == row
        assert lookup.lookup("t2") is None
        assert lookup.eval_many([("t2",), ("t1",), ("t1",)]) == [None, row, row]


def test_history_names_what_it_can_be():
    with pytest.raises(
        ValueError, match="'mysql:x' is neither sqlite:FILE nor postgresql:DIRECTORY"
    ):
        history.Database("mysql:x")


def test_training_goes_on_after_a_restore_as_if_nothing_were(tmp_path):
    count = BATCH * BATCHES_A_VERSION * 2
    samples = [
        row(label=number % 2, **dict.fromkeys(FEATURES, float(number % 7)))
        for number in range(count)
    ]

    def harness() -> ProcessHarness:
        return ProcessHarness(Train, key=lambda one: 0, directory=str(tmp_path))

    with harness() as undisturbed:
        for one in samples:
            undisturbed.process(one)
        assert [version for version, _ in undisturbed.results] == [1, 2]
        expected = Model(str(tmp_path)).predict([[1.0] * len(FEATURES)])
    with harness() as before:
        for one in samples[: count // 2 + 10]:
            before.process(one)
        snapshot = before.snapshot()
    with harness() as after:
        after.restore(snapshot)
        for one in samples[count // 2 + 10 :]:
            after.process(one)
        assert [version for version, _ in after.results] == [2]
    assert Model(str(tmp_path)).predict([[1.0] * len(FEATURES)]) == expected


def test_model_predicts_as_scikit_learn_does(tmp_path, learner):
    rows = [[float(number % 3)] * len(FEATURES) for number in range(9)]
    expected = learner.classifier.predict_proba(learner.scaler.transform(rows))[:, 1]
    assert list(Model(learner.save(str(tmp_path), 1)).predict(rows)) == pytest.approx(expected)


def test_model_that_is_no_model_is_refused(tmp_path, learner):
    whole = learner.save(str(tmp_path), 1)
    half = tmp_path / "model-002.joblib"
    with open(whole, "rb") as file:
        half.write_bytes(file.read()[:200])
    with pytest.raises(ValueError, match="model-002.joblib is not a whole model"):
        Model(str(half))
    with pytest.raises(FileNotFoundError):
        Model(str(tmp_path / "model-003.joblib"))
    with pytest.raises(FileNotFoundError, match=r"has no file model-<version>\.joblib"):
        (tmp_path / "empty").mkdir()
        Model(str(tmp_path / "empty"))


def test_serving_swaps_models_and_keeps_the_old_one_if_the_new_is_broken(tmp_path, learner):
    with ProcessHarness(Serve) as harness:
        assert tuple(harness.process(request())[0])[2:4] == (0, None)
        harness.broadcast((1, learner.save(str(tmp_path), 1)))
        liked = harness.process(request(affinity=1.0))[0]
        not_liked = harness.process(request(affinity=0.0))[0]
        assert liked[2] == not_liked[2] == 1
        assert liked[3] > not_liked[3]
        broken = tmp_path / "model-002.joblib"
        broken.write_bytes(b"half")
        harness.broadcast((2, str(broken)))
        harness.broadcast((2, str(tmp_path / "missing")))
        assert harness.process(request())[0][2] == 1
        harness.broadcast((3, learner.save(str(tmp_path), 3)))
        assert harness.process(request())[0][2] == 3
        assert [tuple(one)[2:4] for one in harness.side(SWAPS)] == [
            (1, "announced"),
            (3, "announced"),
        ]


def test_serving_begins_with_the_version_of_the_checkpoint(tmp_path, learner):
    with ProcessHarness(Serve) as before:
        before.broadcast((4, learner.save(str(tmp_path), 4)))
        snapshot = before.snapshot()
    with ProcessHarness(Serve) as after:
        after.restore(snapshot)
        assert after.process(request())[0][2] == 4
        assert [tuple(one)[2:4] for one in after.side(SWAPS)] == [(4, "restored")]


def test_refresh_scores_each_active_user_once_a_period(tmp_path, learner):
    learner.save(str(tmp_path), 1)
    with ProcessHarness(Refresh, key=lambda one: 0, model=str(tmp_path)) as harness:
        harness.process(request(user_id="u2", ts=1))
        harness.process(request(user_id="u1", ts=2, affinity=0.0))
        harness.process(request(user_id="u1", ts=3, affinity=1.0))
        harness.process(request(user_id="u1", ts=PERIOD_MS, affinity=0.0))
        first = harness.advance_watermark(PERIOD_MS)
        assert [tuple(one)[:2] for one in first] == [(PERIOD_MS, "u1"), (PERIOD_MS, "u2")]
        second = harness.advance_watermark(3 * PERIOD_MS)
        assert [tuple(one)[:2] for one in second] == [(2 * PERIOD_MS, "u1")]
        assert first[0][2] > second[0][2]
