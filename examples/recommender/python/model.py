"""How likely is a click, and how is that learned while the samples come?

A model is a scaler and a logistic regression of scikit-learn, both of which learn batch by batch. Its
versions are files; who loads one gets a `Model`, whether SQL's `ML_PREDICT`, a job or a notebook.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import joblib
import numpy as np
from sklearn.linear_model import SGDClassifier
from sklearn.preprocessing import StandardScaler


class Learner:
    """A model that learns. It can be pickled at any time, and goes on from there."""

    def __init__(self) -> None:
        self.scaler = StandardScaler()
        self.classifier = SGDClassifier(
            loss="log_loss", learning_rate="constant", eta0=0.01, random_state=0
        )

    def learn(self, features: list, labels: list) -> None:
        """Learns from one batch: a row of `FEATURES` and a 0 or 1 for each sample."""
        rows = np.asarray(features)
        self.scaler.partial_fit(rows)
        self.classifier.partial_fit(self.scaler.transform(rows), labels, classes=[0, 1])

    def save(self, directory: str, version: int) -> str:
        """Writes a version and returns its path. Readers see the whole file or none."""
        path = Path(directory) / f"model-{version:03d}.joblib"
        unfinished = path.with_name(f".{path.name}.{os.getpid()}")
        joblib.dump({"version": version, "learner": self}, unfinished)
        os.replace(unfinished, path)
        return str(path)


class Model:
    """One version, to predict with.

    Args:
        path: The file of a version, or a directory of versions, of which the last is taken.

    Raises:
        FileNotFoundError: There is no such file, or the directory has no version.
        ValueError: The file is no model, or only half of one.
    """

    def __init__(self, path: str) -> None:
        file = Path(path)
        if file.is_dir():
            versions = sorted(
                one for one in file.iterdir() if re.fullmatch(r"model-\d+\.joblib", one.name)
            )
            if not versions:
                raise FileNotFoundError(f"{path} has no file model-<version>.joblib")
            file = versions[-1]
        try:
            saved = joblib.load(file)
            self.version = saved["version"]
            self._scaler, self._classifier = saved["learner"].scaler, saved["learner"].classifier
        except FileNotFoundError:
            raise
        except Exception as error:
            raise ValueError(f"{file} is not a whole model: {error}") from error

    def predict(self, rows) -> np.ndarray:
        """Returns the probability of a click for each row of `FEATURES`."""
        # What `predict_proba` does, without its checks, which take far longer than one row.
        scaled = (np.asarray(rows, dtype=float) - self._scaler.mean_) / self._scaler.scale_
        decided = scaled @ self._classifier.coef_[0] + self._classifier.intercept_[0]
        return 1 / (1 + np.exp(-decided))
