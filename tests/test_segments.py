"""Is the memory of Java's segments shared, and their arena kept open while Python sees it?"""

import os
import subprocess

import pytest

from harness import CLASSES, ROOT
from harness.jvm import Jvm, finish, jar

#: `java.lang.foreign` is final from this JDK on.
FIRST_JDK = 22


@pytest.mark.over("jdks")
def test_segments(jvm: Jvm):
    if jvm.jdk.feature < FIRST_JDK:
        pytest.skip(f"memory segments came with JDK {FIRST_JDK}")
    classes = CLASSES / "segments"
    source = ROOT / "tests" / "segments" / "Segments.java"
    javac = [jvm.jdk.home / "bin" / "javac", "-Xlint:all", "-Werror", "-d", classes, "-cp", jar()]
    subprocess.run([*javac, source], check=True, timeout=120)
    class_path = f"{jar()}{os.pathsep}{classes}"
    outcome = finish(jvm.launch(["-Xcheck:jni", "-cp", class_path, "Segments"]))
    assert outcome.status == 0, str(outcome)
    acquired = "IllegalStateException: Session is acquired by"
    given_back = [
        f"unclosed {acquired} 2 clients",
        "closed closed",
        "after IllegalStateException: Already closed",
    ]
    assert outcome.lines == [
        *("total 24.0", "written 20.0", "owned 2.0"),
        *given_back,
        *given_back,
        *(f"kept {acquired} 1 clients", "value 7.0", "released closed"),
        "typed IllegalArgumentException: This buffer is over a MemorySegment, whose arena may be"
        " closed: wrap the ByteBuffer of segment.asByteBuffer(), with the type and shape of its"
        " elements.",
        "read IllegalStateException: Already closed",
        "passed IllegalStateException: Already closed",
        "large IllegalStateException: Segment is too large to wrap as ByteBuffer. Size: 3221225472",
        "heap IllegalArgumentException: Only a direct buffer can be wrapped, whose memory does not"
        " move: make it by ByteBuffer.allocateDirect, or copy a Java array by NdArray.of.",
        "thread WrongThreadException: Attempted access outside owning thread",
        *("auto 5.0", "global 0.0"),
        *("repeated 600000.0", "repeated closed"),
    ]
