"""How likely are clicks, for many exposures at once? One class for SQL's `ML_PREDICT` and for DataStream."""

from __future__ import annotations

import pandas as pd
from columns import FEATURES
from model import Model

import naja


class Predict:
    """The last version of a model, called with a column for each feature.

    Args:
        path: The file or the directory of the model.
    """

    def __init__(self, path: str) -> None:
        self._model = Model(path)

    def predict(
        self,
        user_clicks: pd.Series,
        item_rate: pd.Series,
        group_share: pd.Series,
        affinity: pd.Series,
        log_price: pd.Series,
        position: pd.Series,
    ) -> pd.Series:
        """Returns the probability of a click for each row."""
        columns = (user_clicks, item_rate, group_share, affinity, log_price, position)
        return pd.Series(self._model.predict(pd.concat(columns, axis=1)))

    @naja.vectorized(form="frame")
    def score(self, requests: pd.DataFrame) -> pd.DataFrame:
        """Returns the trace id and the probability of a click for each request."""
        scores = self._model.predict(requests[list(FEATURES)])
        return pd.DataFrame({"trace_id": requests["trace_id"], "score": scores})
