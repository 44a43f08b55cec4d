"""How do Java's futures and Python's coroutines wait for each other?

A `java.util.concurrent.CompletionStage` is awaitable on any event loop. Coroutines that Java calls
run on one loop of naja's own, in a daemon thread that starts with the first of them and ends with
the process. Java code that depends on such a future and is not told to run elsewhere runs on that
thread too, and holds up all coroutines meanwhile: ``thenApplyAsync`` does not.
"""

from __future__ import annotations

import asyncio
import inspect
import threading
import traceback

from naja._errors import JavaException
from naja._java import jdk_type

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from typing import Any

#: What Java wraps around the exception that a stage has failed with.
_WRAPPERS = ("CompletionException", "ExecutionException")


def wait(stage: Any) -> Generator[Any, None, Any]:
    """What ``await stage`` does.

    Returns:
        The stage's result, as a call of Java's ``join()`` gives it.

    Raises:
        JavaException: What the stage has failed with, as its own Java class.
        BaseException: A Python exception that the stage has failed with, as itself.
        asyncio.CancelledError: The stage was cancelled, or the task that waits was; then the stage
            is cancelled too.
    """
    loop = asyncio.get_running_loop()
    waiter = loop.create_future()
    stage = stage.toCompletableFuture()

    def wake() -> None:
        if not waiter.done():
            waiter.set_result(None)

    def completed(nothing: None, error: object) -> None:
        try:
            loop.call_soon_threadsafe(wake)
        except RuntimeError:
            pass  # The loop is closed: nobody waits any more.

    # The stage's own result would cross by value; that of allOf() is null.
    jdk_type("java.util.concurrent.CompletableFuture").allOf(stage).whenComplete(completed)
    try:
        yield from waiter
    except asyncio.CancelledError:
        stage.cancel(True)
        raise
    return _result(stage)


def _result(stage: Any) -> Any:
    try:
        return stage.join()
    except JavaException as error:
        name, cause = type(error).__name__, error.__cause__
        if name == "CancellationException":
            raise asyncio.CancelledError(str(error)) from error
        if name not in _WRAPPERS or cause is None:
            raise
    raise cause


def call_async(
    function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any], future: Any
) -> Callable[[], None]:
    """Calls a function on naja's event loop and completes a Java future with what it gives.

    Args:
        function: A coroutine function, or another callable that returns what can be awaited.
        args: Its positional arguments.
        kwargs: Its keyword arguments.
        future: What stands for the ``CompletableFuture``. It fails with what is raised, if the
            result cannot cross, or with a `TypeError` if the function returns what cannot be
            awaited.

    Returns:
        What cancels the call, from any thread: the coroutine meets ``asyncio.CancelledError``.
    """
    loop = _loop()
    call = _Call(function, args, kwargs, future)
    loop.call_soon_threadsafe(call.start, loop)
    return lambda: loop.call_soon_threadsafe(call.cancel)


class _Call:
    """One call by Java; all but its making happens on the event loop's thread."""

    def __init__(
        self,
        function: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        future: Any,
    ) -> None:
        self._function, self._args, self._kwargs = function, args, kwargs
        self._future = future
        self._task: asyncio.Task[None] | None = None

    def start(self, loop: asyncio.AbstractEventLoop) -> None:
        # The attribute keeps the task alive: the loop itself does not.
        self._task = loop.create_task(self._run())
        self._task.add_done_callback(self._ended)

    def cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        try:
            result = self._function(*self._args, **self._kwargs)
            if not inspect.isawaitable(result):
                raise TypeError(
                    f"{self._function!r} is no coroutine function: it returned "
                    f"{type(result).__qualname__!r}, which cannot be awaited. Call it by call()"
                )
            self._future.complete(await result)
        except asyncio.CancelledError:
            raise
        except BaseException as error:
            # SystemExit too: it is the caller's, and would end the loop.
            self._future.completeExceptionally(error)

    def _ended(self, task: asyncio.Task[None]) -> None:
        # Here and not in the coroutine, which may be cancelled before it begins.
        if task.cancelled():
            self._future.cancel(False)


_lock = threading.Lock()
_running: asyncio.AbstractEventLoop | None = None


def _loop() -> asyncio.AbstractEventLoop:
    """The event loop that naja owns, running."""
    global _running
    with _lock:
        if _running is None or _running.is_closed():
            loop = asyncio.new_event_loop()
            started = threading.Event()
            loop.call_soon(started.set)
            threading.Thread(target=_serve, args=(loop,), name="naja-asyncio", daemon=True).start()
            started.wait()
            _running = loop
        return _running


def _serve(loop: asyncio.AbstractEventLoop) -> None:
    while not loop.is_closed():
        try:
            loop.run_forever()
        except BaseException:
            # SystemExit in a callback, say. Others wait for this loop.
            traceback.print_exc()
