from __future__ import annotations

SETUP = """
import sys
from naja import _logging
class Native:
    def __init__(self): self.logged = []
    def log(self, level, logger, message):
        self.logged.append((level, logger, message))
        return True
native = Native()
_logging.install(native)
"""


def test_logging_is_not_imported_before_it_is_wanted(isolated):
    out = isolated(SETUP + "print('logging' in sys.modules)")
    assert out.strip() == "False"


def test_records_reach_java_with_level_and_name(isolated):
    out = isolated(
        SETUP
        + """
import logging
log = logging.getLogger("model.train")
log.debug("hidden")
log.setLevel(1)
log.log(5, "trace"); log.debug("debug"); log.info("info %d", 1); log.warning("warn")
log.error("error"); log.critical("critical"); log.log(25, "between"); logging.info("root")
print(native.logged)
"""
    )
    assert eval(out) == [
        (0, "model.train", "trace"),
        (1, "model.train", "debug"),
        (2, "model.train", "info 1"),
        (3, "model.train", "warn"),
        (4, "model.train", "error"),
        (4, "model.train", "critical"),
        (2, "model.train", "between"),
        (2, "root", "root"),
    ]


def test_exceptions_come_with_their_traceback(isolated):
    out = isolated(
        SETUP
        + """
import logging
try:
    1 / 0
except ZeroDivisionError:
    logging.exception("failed")
logging.info("where", stack_info=True)
print([message for _, _, message in native.logged])
"""
    )
    failed, where = eval(out)
    assert failed.startswith("failed\nTraceback (most recent call last):\n")
    assert failed.endswith("ZeroDivisionError: division by zero")
    assert where.startswith("where\nStack (most recent call last):\n")


def test_module_keeps_its_own_loader_and_the_watcher_leaves(isolated):
    out = isolated(
        SETUP
        + """
import importlib.util
importlib.util.find_spec("logging")
import logging, inspect
logging.info("x")
print(native.logged == [(2, "root", "x")])
print(type(logging.__loader__).__module__ in ("_frozen_importlib_external", "zipimport"))
print(logging.__loader__ is logging.__spec__.loader)
print([f for f in sys.meta_path if type(f).__module__ == "naja._when_imported"
       and f._name == "logging"])
print(inspect.getsource(logging.info).splitlines()[0])
"""
    )
    assert out.splitlines() == ["True", "True", "True", "[]", "def info(msg, *args, **kwargs):"]


def test_a_second_bridge_takes_over_before_and_after_the_import(isolated):
    out = isolated(
        SETUP
        + """
second, third = Native(), Native()
_logging.install(second)
import logging
logging.info("a")
_logging.install(third)
logging.info("b")
print(len(logging.getLogger().handlers), native.logged, second.logged, third.logged)
"""
    )
    assert out.strip() == "1 [] [(2, 'root', 'a')] [(2, 'root', 'b')]"


def test_a_level_that_was_set_stays(isolated):
    out = isolated(
        "import logging; logging.getLogger().setLevel(logging.ERROR)"
        + SETUP
        + """
logging.warning("hidden"); logging.error("shown")
print(native.logged)
"""
    )
    assert eval(out) == [(4, "root", "shown")]


def test_a_failing_back_end_is_reported_and_does_not_raise(isolated):
    out = isolated(
        SETUP
        + """
import io, logging
def fail(level, logger, message): raise RuntimeError("back end is down")
native.log = fail
sys.stderr = io.StringIO()
logging.info("x")
print("back end is down" in sys.stderr.getvalue())
"""
    )
    assert out.strip() == "True"


def test_a_back_end_that_logs_in_python_does_not_recurse(isolated):
    out = isolated(
        SETUP
        + """
import io, logging
def log(level, logger, message):
    native.logged.append(message)
    logging.warning("again")
    return True
native.log = log
sys.stderr = io.StringIO()
logging.info("x")
print(native.logged, sys.stderr.getvalue().strip())
"""
    )
    assert out.strip() == "['x'] again"


def test_threads_log_while_one_waits_in_java(isolated):
    out = isolated(
        SETUP
        + """
import logging, threading
inside, go_on = threading.Event(), threading.Event()
def log(level, logger, message):
    if message == "slow":
        inside.set()
        assert go_on.wait(10)
    native.logged.append(message)
    return True
native.log = log
slow = threading.Thread(target=logging.info, args=("slow",))
slow.start()
assert inside.wait(10)
logging.info("quick")
go_on.set()
slow.join()
print(native.logged)
"""
    )
    assert out.strip() == "['quick', 'slow']"


def test_filters_of_the_handler_count(isolated):
    out = isolated(
        SETUP
        + """
import logging
logging.getLogger().handlers[0].addFilter(lambda record: record.name != "noisy")
logging.getLogger("noisy").info("x"); logging.getLogger("calm").info("y")
print(native.logged)
"""
    )
    assert eval(out) == [(2, "calm", "y")]


def test_a_record_that_nobody_takes_goes_to_stderr(isolated):
    out = isolated(
        SETUP
        + """
import io, logging
native.log = lambda level, logger, message: False
sys.stderr = io.StringIO()
logging.info("quiet"); logging.warning("loud")
print(sys.stderr.getvalue().strip())
"""
    )
    assert out.strip() == "loud"
