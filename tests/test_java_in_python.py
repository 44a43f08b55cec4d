"""Does Java in Python's hands hold up in a whole process: threads, class loaders, leaks, recursion?"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from harness import CLASSES, ROOT, machine
from harness.jvm import Jvm, jar

FULL = os.environ.get("NAJA_TEST_FULL") == "1"

#: Seconds after which what hangs has a deadlock.
WATCHDOG = 60


def check(jvm: Jvm, source: str) -> None:
    """Runs Python text in a JVM, where nothing may be raised."""
    assert jvm.succeed("Run", source, timeout=WATCHDOG) == ["returned", "alive 42"]


THREADS = """
import threading
from concurrent.futures import ThreadPoolExecutor
from java.util import ArrayList
from java.util.concurrent import ConcurrentHashMap, CyclicBarrier, TimeUnit

barrier, shared = CyclicBarrier(8), ConcurrentHashMap()

def work(number):
    # All eight are in Java at once, or the barrier breaks.
    barrier.await_(30, TimeUnit.SECONDS)
    elements = ArrayList(list(range(200)))
    for i in range(20):
        shared.merge("calls", 1, lambda one, other: one + other)
        assert list(elements.stream().map(lambda x: x + number))[-1] == 199 + number
    return elements.stream().mapToLong(lambda x: x * number).sum()

with ThreadPoolExecutor(8) as pool:
    assert list(pool.map(work, range(8))) == [19900 * number for number in range(8)]

results = []
threads = [threading.Thread(target=lambda n=n: results.append(work(n))) for n in range(8)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert sorted(results) == [19900 * number for number in range(8)]
assert shared["calls"] == 320
"""

NATIVE_THREADS = """
import ctypes
from java.util import ArrayList

# As pools of native libraries do: threads that neither Java nor Python has started.
seen = ArrayList()
callback = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)
libc = ctypes.CDLL(None)

@callback
def body(_):
    seen.add(sum(ArrayList([1, 2, 3]).stream().map(lambda x: 2 * x)))

for _ in range(20):
    thread = ctypes.c_ulong()
    assert libc.pthread_create(ctypes.byref(thread), None, body, None) == 0
    assert libc.pthread_join(thread, None) == 0
assert list(seen) == [12] * 20
"""

ASYNCIO = """
import asyncio
from java.util import ArrayList

async def main():
    loop = asyncio.get_running_loop()
    calls = [
        loop.run_in_executor(None, lambda n=n: sum(ArrayList([n]).stream().map(lambda x: x + 1)))
        for n in range(10)
    ]
    return await asyncio.gather(*calls)

assert asyncio.run(main()) == list(range(1, 11))
"""

NO_DEADLOCK = """
import threading, time
from java.util import ArrayList, Collections
from java.util.concurrent import Callable, CountDownLatch, Executors, TimeUnit

pool = Executors.newFixedThreadPool(2)
call = lambda function: pool.submit(Callable(function)).get(30, TimeUnit.SECONDS)

# Python waits in Java for another Java thread that calls Python, which waits likewise.
assert call(lambda: 1 + call(lambda: 41)) == 42

# Java calls back on the thread that called it, in the middle of an iteration.
inner = []
ArrayList([1, 2]).forEach(lambda x: ArrayList([x]).forEach(inner.append))
assert inner == [1, 2]

# One thread holds a monitor of Java's and wants the GIL, another has the GIL and wants the monitor.
guarded, inside, results = Collections.synchronizedList(ArrayList([1])), CountDownLatch(1), []

def hold(_):
    inside.countDown()
    time.sleep(0.2)
    results.append("held")

def want():
    inside.await_()
    results.append(guarded.size())

threads = [threading.Thread(target=lambda: guarded.forEach(hold)), threading.Thread(target=want)]
for thread in threads: thread.start()
for thread in threads: thread.join(30)
assert results == ["held", 1], results

# A lock of Python's is held by one that waits in Java, not by one that Java waits for.
lock, latch = threading.Lock(), CountDownLatch(1)
release = threading.Thread(target=lambda: (time.sleep(0.1), latch.countDown()))
release.start()
with lock: assert latch.await_(30, TimeUnit.SECONDS)
release.join()
pool.shutdown()
"""


@pytest.mark.over("pythons", "jdks")
@pytest.mark.parametrize(
    "source",
    [THREADS + NATIVE_THREADS + ASYNCIO, NO_DEADLOCK],
    ids=["threads of Python", "no deadlock"],
)
def test_threads_call_java_and_take_callbacks(jvm: Jvm, source: str):
    check(jvm, source)


@pytest.fixture(scope="module")
def plugin() -> Path:
    """The compiled classes of ``tests/plugin``, which lie outside the class path."""
    classes = CLASSES / "plugin"
    sources = sorted((ROOT / "tests" / "plugin").rglob("*.java"))
    javac = machine.main_jdk().home / "bin" / "javac"
    subprocess.run(
        [javac, "--release", "11", "-Xlint:all,-options", "-Werror", "-d", classes, "-cp", jar()]
        + sources,
        check=True,
        timeout=120,
    )
    return classes


@pytest.mark.over("pythons", "jdks")
def test_user_code_has_its_own_classes_and_its_loader_is_collected(jvm: Jvm, plugin: Path):
    lines = jvm.succeed("UserCode", plugin)
    assert lines[0] == "outside ModuleNotFoundError: No module named 'acme'"
    assert lines[1:6] == [
        "job own 1",
        "collected true",
        "gone RuntimeError: the Java class acme.Secret is gone: its class loader was collected;"
        " import it again",
        "job own 1",
        "collected true",
    ]
    assert lines[6] == "context acme.Secret true"
    assert lines[7].startswith("outside naja.UnknownJavaName: there is no Java class acme.Secret")


#: What is repeated: objects, results, callables, what implements interfaces, exceptions of either
#: language across each border, an object that holds itself.
REPEATED = """
for _ in range(20): ArrayList().add(Object())
for x in ArrayList([[], {}]): x.size()
assert identity.andThen(lambda x: x).apply(i) == i
assert isinstance(identity(Made()).get(), Made)
try: Integer.parseInt("x")
except naja.JavaException as e: e.getMessage()
try: identity.andThen(lambda x: {}[x]).apply(i)
except KeyError: pass
try: Function(lambda x: Integer.parseInt(x)).apply("x")
except naja.JavaException: pass
m = HashMap(); m[i] = m; m.clear()
"""


@pytest.mark.over("pythons")
def test_java_objects_leave_nothing(jvm: Jvm):
    times = 20_000 if FULL else 2_500
    lines = jvm.with_fixed_heap().succeed(
        "JavaLeaks", REPEATED, times, timeout=280, check_jni=False
    )
    facts = dict(line.split(" ", 1) for line in lines)
    assert facts["after"] == facts["before"]
    # The counts tell what leaks; this is what the JVM takes for code that becomes hot meanwhile.
    assert int(facts["grown"]) < 32 * 1024
