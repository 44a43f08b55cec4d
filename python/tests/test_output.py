from __future__ import annotations

import io
import sys
import threading

import pytest

from naja import _output


@pytest.fixture
def java(native, monkeypatch):
    """Standard streams that the fake bridge prints."""
    monkeypatch.setattr(sys, "stdout", sys.stdout)
    monkeypatch.setattr(sys, "stderr", sys.stderr)
    _output.install(native)
    yield native
    native.write = lambda stream, text: None
    _output.flush()


def test_lines_go_to_java_at_once(java):
    print("one", 2)
    sys.stderr.write("three\nfour\n")
    assert java.written == [(1, "one 2\n"), (2, "three\nfour\n")]


def test_an_unfinished_line_waits_for_its_end_or_a_flush(java):
    print("a", end="")
    print("b\nc", end="")
    assert java.written == [(1, "ab\n")]
    sys.stdout.flush()
    assert java.written[1:] == [(1, "c")]
    sys.stdout.flush()
    assert len(java.written) == 2


def test_a_carriage_return_passes_the_line_on(java):
    sys.stdout.write("\r50 %")
    assert java.written == [(1, "\r50 %")]


def test_an_endless_line_does_not_wait_for_ever(java):
    sys.stdout.write("x" * (_output.MAX_PENDING + 1))
    assert java.written == [(1, "x" * (_output.MAX_PENDING + 1))]


def test_write_tells_the_number_of_characters_and_wants_text(java):
    assert sys.stdout.write("naïve\n") == 6
    assert sys.stdout.write("") == 0
    with pytest.raises(TypeError, match="must be str, not bytes"):
        sys.stdout.write(b"x")


def test_lone_surrogates_pass(java):
    print("\ud800|\U0001f40d")
    assert java.written == [(1, "\ud800|\U0001f40d\n")]


def test_bytes_come_after_the_text_before_them(java):
    sys.stdout.write("text ")
    assert sys.stdout.buffer.write(memoryview(b"\xff\x00")) == 2
    sys.stdout.buffer.flush()
    assert java.written == [(1, "text "), (1, b"\xff\x00")]


def test_buffer_serves_a_text_wrapper(java):
    wrapper = io.TextIOWrapper(sys.stdout.buffer, "utf-8", write_through=True)
    wrapper.write("ä")
    del wrapper
    print("still open")
    assert java.written == [(1, "ä".encode()), (1, "still open\n")]


def test_what_a_text_stream_answers(java):
    out = sys.stdout
    assert isinstance(out, io.TextIOBase)
    assert (out.encoding, out.name, out.closed) == ("utf-8", "<stdout>", False)
    assert (out.writable(), out.readable(), out.isatty()) == (True, False, False)
    out.reconfigure(encoding="latin-1", line_buffering=False)
    with pytest.raises(io.UnsupportedOperation):
        out.fileno()
    out.close()
    assert not out.closed
    assert repr(sys.stderr) == "<naja stream '<stderr>'>"


def test_lines_of_several_threads_are_not_torn(java):
    threads, lines = 8, 200
    barrier = threading.Barrier(threads)

    def work(name: str) -> None:
        barrier.wait()
        for number in range(lines):
            for part in (name, ":", str(number), "\n"):
                sys.stdout.write(part)

    crowd = [threading.Thread(target=work, args=(f"t{i}",)) for i in range(threads)]
    for thread in crowd:
        thread.start()
    for thread in crowd:
        thread.join()
    expected = {(1, f"t{i}:{n}\n") for i in range(threads) for n in range(lines)}
    assert set(java.written) == expected
    assert len(java.written) == len(expected)


def test_what_a_dead_thread_left_is_not_lost(java):
    thread = threading.Thread(target=lambda: sys.stdout.write("half"))
    thread.start()
    thread.join()
    assert java.written == []
    _output.flush()
    assert java.written == [(1, "half")]


def test_an_error_of_javas_stream_reaches_the_writer(java):
    def refuse(stream: int, text: str) -> None:
        raise OSError("disk full")

    java.write = refuse
    with pytest.raises(OSError, match="disk full"):
        print("x")


def test_a_stream_that_prints_by_python_does_not_recurse(java, monkeypatch):
    fallback = io.StringIO()
    monkeypatch.setattr(sys.stdout, "_fallback", fallback)

    def echo(stream: int, text: str) -> None:
        java.written.append((stream, text))
        print("echo")

    java.write = echo
    print("x")
    assert java.written == [(1, "x\n")]
    assert fallback.getvalue() == "echo\n"


def test_a_second_bridge_takes_the_same_streams_over(java):
    class Other(type(java)):
        pass

    other, out = Other(), sys.stdout
    print("first")
    _output.install(other)
    print("second")
    assert sys.stdout is out
    assert (java.written, other.written) == ([(1, "first\n")], [(1, "second\n")])


def test_uninstall_gives_the_process_its_streams_back(java):
    sys.stdout.write("last")
    _output.uninstall()
    assert (sys.stdout, sys.stderr) == (sys.__stdout__, sys.__stderr__)
    assert java.written == [(1, "last")]


def test_streams_that_are_missing_are_replaced_too(native, monkeypatch):
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    _output.install(native)
    print("x")
    assert native.written == [(1, "x\n")]
