from __future__ import annotations

import asyncio
import threading

import pytest

import naja
from naja._errors import JavaException, wrap

FUTURE = "java.util.concurrent.CompletableFuture"


class State:
    """What a future is: not done, or a result, or an exception."""

    def __init__(self) -> None:
        self.done = threading.Event()
        self.result = self.error = None
        self.cancelled = False
        self.dependents: list = []

    def end(self, result=None, error=None) -> bool:
        if self.done.is_set():
            return False
        self.result, self.error = result, error
        self.done.set()
        for dependent in self.dependents:
            dependent(None, None)
        return True


@pytest.fixture
def java(bridge):
    def error_of(name, cause=None):
        bridge.causes.append(cause)
        return wrap(bridge.find(name), len(bridge.causes) - 1, f"{name}: {cause}")

    bridge.causes = []
    bridge.describe(
        "java.lang.Throwable",
        None,
        traits="throwable",
        getCause=lambda self: bridge.causes[self.java],
    )
    for name in ("CompletionException", "CancellationException"):
        bridge.describe(f"java.util.concurrent.{name}", "java.lang.Throwable", traits="throwable")

    def when_complete(self, action):
        self.data.dependents.append(action)
        if self.data.done.is_set():
            action(None, None)

    def join(self):
        assert self.data.done.is_set(), "it would block"
        if self.data.cancelled:
            raise error_of("java.util.concurrent.CancellationException")
        if self.data.error is not None:
            raise error_of("java.util.concurrent.CompletionException", self.data.error)
        return self.data.result

    def complete(self, value):
        if isinstance(value, complex):
            raise TypeError("a complex number cannot cross")
        return self.data.end(value)

    def cancel(self, interrupt):
        self.data.cancelled = not self.data.done.is_set() or self.data.cancelled
        return self.data.end(error="cancelled")

    bridge.describe(
        FUTURE,
        traits="CompletionStage",
        new=State,
        toCompletableFuture=lambda self: self,
        allOf=staticmethod(lambda future: future),
        whenComplete=when_complete,
        join=join,
        complete=complete,
        completeExceptionally=lambda self, error: self.data.end(error=error),
        cancel=cancel,
    )
    bridge.error_of = error_of
    return bridge


@pytest.fixture
def future(java):
    return naja.java_type(FUTURE)()


def later(action, *args):
    threading.Timer(0.05, action, args).start()


async def awaited(future):
    return await future


def test_await_gives_what_join_gives(future):
    later(future.complete, 5)
    assert asyncio.run(awaited(future)) == 5


def test_await_of_what_is_complete(future):
    future.complete("x")
    assert asyncio.run(awaited(future)) == "x"


def test_await_raises_javas_exception_unwrapped(java, future):
    later(future.completeExceptionally, java.error_of("java.lang.Throwable"))
    with pytest.raises(JavaException) as info:
        asyncio.run(awaited(future))
    assert type(info.value) is naja.java_type("java.lang.Throwable")


def test_await_raises_pythons_exception_as_itself(future):
    error = ValueError("mine")
    later(future.completeExceptionally, error)
    with pytest.raises(ValueError) as info:
        asyncio.run(awaited(future))
    assert info.value is error


def test_cancelled_future_cancels_who_waits(future):
    later(future.cancel, True)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(awaited(future))


def test_cancelled_waiting_cancels_the_future(future):
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(asyncio.wait_for(awaited(future), 0.05))
    assert future.data.cancelled


def test_future_that_completes_after_its_loop_has_gone_is_no_concern(future):
    async def impatient():
        future.__await__().send(None)

    asyncio.run(impatient())
    assert future.complete(1)


def test_many_are_awaited_together(java):
    futures = [naja.java_type(FUTURE)() for _ in range(10)]
    for number, each in enumerate(futures):
        later(each.complete, number)

    async def gather():
        return await asyncio.gather(*futures)

    assert asyncio.run(gather()) == list(range(10))


def call(function, *args, future, **kwargs):
    from naja._async import call_async

    return call_async(function, args, kwargs, future)


def outcome(future):
    assert future.data.done.wait(10)
    return future.data.error or future.data.result


def test_coroutine_function_completes_javas_future(future):
    async def add(a, b):
        await asyncio.sleep(0)
        return a + b, threading.current_thread().name, threading.current_thread().daemon

    call(add, 1, b=2, future=future)
    assert outcome(future) == (3, "naja-asyncio", True)


def test_function_that_returns_an_awaitable(java, future):
    inner = naja.java_type(FUTURE)()
    inner.complete("inner")
    call(lambda: inner, future=future)
    assert outcome(future) == "inner"


def test_function_that_returns_none_is_refused(future):
    call(len, "four", future=future)
    assert str(outcome(future)) == (
        "<built-in function len> is no coroutine function: it returned 'int', which cannot be "
        "awaited. Call it by call()"
    )


async def give(value):
    return value


@pytest.mark.parametrize("error", [ValueError("x"), SystemExit(3), KeyboardInterrupt()])
def test_what_is_raised_fails_the_future_alone(java, future, error):
    async def fail():
        raise error

    call(fail, future=future)
    assert outcome(future) is error
    second = naja.java_type(FUTURE)()
    call(give, "alive", future=second)
    assert outcome(second) == "alive"


def test_result_that_cannot_cross_fails_the_future(future):
    call(give, 1j, future=future)
    assert str(outcome(future)) == "a complex number cannot cross"


def test_cancelling_meets_the_coroutine(future):
    started, met = threading.Event(), threading.Event()

    async def endless():
        started.set()
        try:
            await asyncio.sleep(60)
        except asyncio.CancelledError:
            met.set()
            raise

    cancel = call(endless, future=future)
    assert started.wait(10)
    cancel()
    assert met.wait(10)
    assert future.data.done.wait(10)
    assert future.data.cancelled


def test_cancelling_before_the_coroutine_begins(java, future):
    from naja._async import _Call

    async def cancelled():
        began = _Call(asyncio.sleep, (0,), {}, future)
        began.start(asyncio.get_running_loop())
        began.cancel()
        await asyncio.sleep(0.01)

    asyncio.run(cancelled())
    assert future.data.cancelled


def test_all_calls_share_one_thread(java):
    futures = [naja.java_type(FUTURE)() for _ in range(50)]
    barrier = threading.Barrier(len(futures))

    async def thread():
        await asyncio.sleep(0)
        return threading.get_ident()

    def start(future):
        barrier.wait()
        call(thread, future=future)

    threads = [threading.Thread(target=start, args=(each,)) for each in futures]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len({outcome(each) for each in futures}) == 1


def test_loop_outlives_what_a_callback_raises(java, capsys):
    async def stop():
        asyncio.get_running_loop().call_soon(exit_now)

    def exit_now():
        raise SystemExit(9)

    first, second = naja.java_type(FUTURE)(), naja.java_type(FUTURE)()
    call(stop, future=first)
    outcome(first)
    call(give, "alive", future=second)
    assert outcome(second) == "alive"
    assert capsys.readouterr().err.endswith("SystemExit: 9\n")
