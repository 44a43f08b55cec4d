"""Do the examples that need no Python package print what their READMEs say?"""

import subprocess
import textwrap

import pytest

from harness import CLASSES, ROOT
from harness.jvm import Jvm, finish, jar
from harness.machine import main_jdk

EXAMPLES = {
    "hello": "dev.naja.examples.hello.Hello",
    "callbacks": "dev.naja.examples.callbacks.Payments",
}


def printed(example: str) -> str:
    """What the documents say that an example prints."""
    if example == "hello":
        text = (ROOT / "README.md").read_text(encoding="utf-8")
        return text.partition("It prints\n\n```\n")[2].partition("```")[0]
    text = (ROOT / "examples" / example / "README.md").read_text(encoding="utf-8")
    block = text.partition("It prints\n\n")[2].partition("\n\n")[0]
    return textwrap.dedent(block) + "\n"


@pytest.mark.over("pythons", "jdks")
@pytest.mark.parametrize("example", EXAMPLES)
def test_example_prints_what_is_promised(jvm: Jvm, example: str):
    home = ROOT / "examples" / example
    classes = CLASSES / "examples" / example
    javac = main_jdk().home / "bin" / "javac"
    sources = sorted(home.rglob("src/**/*.java"))
    options = ["--release", "11", "-Xlint:all,-options", "-Werror"]
    subprocess.run([javac, *options, "-d", classes, "-cp", jar(), *sources], check=True)
    outcome = finish(
        jvm.launch(["-Xcheck:jni", "-cp", f"{jar()}:{classes}", EXAMPLES[example]], home)
    )
    assert outcome.status == 0, str(outcome)
    assert outcome.out == printed(example)
