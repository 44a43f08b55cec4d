"""What does a task tell the Python functions that run in it?"""

from __future__ import annotations

from naja.flink.functions import FunctionContext

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class TaskFunctionContext(FunctionContext):
    """The context of a function of SQL: asks the Java object that knows the task."""

    def __init__(self, task: Any) -> None:
        self._task = task

    def get_metric_group(self) -> Any:
        """The metrics of the operator."""
        return self._task.metricGroup()

    def get_job_parameter(self, key: str, default_value: str | None = None) -> str | None:
        """A parameter of the job."""
        return self._task.jobParameter(key, default_value)

    def get_cached_file(self, name: str) -> str:
        """The path of a file of the distributed cache on this machine."""
        return self._task.cachedFile(name).getPath()
