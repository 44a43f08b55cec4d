from __future__ import annotations

import os
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from javac import compile_java, write_stubs

from naja.stubs.__main__ import main
from naja.stubs.class_path import StubsError, find_jdk
from naja.stubs.jimage import Jimage

SHOP = "package com.acme.shop; public class Shop { public String name(int id) { return null; } }"


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    """A directory with the class file of `SHOP`."""
    return compile_java(tmp_path_factory.mktemp("shop"), SHOP)


@pytest.fixture
def classes(shop, tmp_path) -> Path:
    """A copy of it, to be harmed."""
    return Path(shutil.copytree(shop, tmp_path / "classes"))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path, monkeypatch) -> None:
    """Stubs that no ``-o`` sends elsewhere go where they harm nobody."""
    monkeypatch.chdir(tmp_path)


def refused(capfd, *arguments: object) -> str:
    """What the command writes when it refuses."""
    assert main([str(argument) for argument in arguments]) == 2
    written, error = capfd.readouterr()
    assert written == ""
    return error.removeprefix("naja.stubs: ").rstrip()


def pack(classes: Path, jar: Path) -> Path:
    """Puts class files into a jar."""
    with zipfile.ZipFile(jar, "w") as file:
        for found in sorted(classes.rglob("*.class")):
            file.write(found, found.relative_to(classes).as_posix())
            file.write(found, f"META-INF/versions/21/{found.relative_to(classes).as_posix()}")
    return jar


def test_as_a_command(tmp_path, shop):
    command = [sys.executable, "-m", "naja.stubs", "-cp", shop, "com.acme.shop", "-o", "out"]
    path = str(Path(__file__).parents[1])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert (done.stdout, done.stderr, done.returncode) == ("7 files for 2 classes in out\n", "", 0)
    files = [file for file in (tmp_path / "out").rglob("*") if file.is_file()]
    written = {file.relative_to(tmp_path / "out").as_posix() for file in files}
    assert written == {
        "com/__init__.pyi",
        "com/acme/__init__.pyi",
        "com/acme/shop/__init__.pyi",
        "java/__init__.pyi",
        "java/lang/__init__.pyi",
        "naja/__init__.pyi",
        "naja/py.typed",
    }


def test_from_within_a_jar(tmp_path, shop):
    jar = pack(shop, tmp_path / "naja.jar")
    package = Path(__file__).parents[1] / "naja"
    with zipfile.ZipFile(jar, "a") as file:
        for found in [*package.rglob("*.py"), *package.rglob("*.pyi")]:
            file.write(found, f"naja/{found.relative_to(package).as_posix()}")
    command = [sys.executable, "-m", "naja.stubs", "-cp", jar, "com.acme.shop"]
    environment = {**os.environ, "PYTHONPATH": str(jar)}
    subprocess.run(command, cwd=tmp_path, env=environment, check=True, stdout=subprocess.DEVNULL)
    text = (tmp_path / "stubs" / "com" / "acme" / "shop" / "__init__.pyi").read_text()
    assert "def name(self, id: int, /) -> str: ..." in text


def test_the_first_entry_of_the_class_path_counts(tmp_path, shop):
    new = compile_java(tmp_path, SHOP.replace("int id", "double id"))
    path = f"{pack(new, tmp_path / 'new.jar')}{os.pathsep}{shop}"
    text = write_stubs(tmp_path / "stubs", "-cp", path, "com.acme.shop")["com.acme.shop"]
    assert "id: float" in text


def test_all_jars_of_a_directory(tmp_path, shop):
    (tmp_path / "lib").mkdir()
    pack(shop, tmp_path / "lib" / "shop.JAR")
    assert "com.acme.shop" in write_stubs(
        tmp_path / "s", "-cp", tmp_path / "lib/*", "com.acme.shop"
    )


def test_a_class_path_entry_that_is_not_there(tmp_path, capfd):
    (tmp_path / "shop.jar").write_bytes(b"")
    error = refused(capfd, "-cp", tmp_path / "shopp.jar", "java.util")
    expected = f"there is no {tmp_path}/shopp.jar, which the class path names; near it are shop.jar"
    assert error == expected
    error = refused(capfd, "-cp", tmp_path / "lib" / "shop.jar", "java.util")
    assert error.endswith(f"; neither is there the directory {tmp_path}/lib")
    error = refused(capfd, "-cp", tmp_path / "lib" / "*", "java.util")
    assert error.startswith(f"there is no jar in {tmp_path}/lib")


def test_what_is_no_jar(tmp_path, capfd):
    file = tmp_path / "notes.txt"
    file.write_text("no jar")
    error = refused(capfd, "-cp", file, "java.util")
    assert error == (
        f"cannot read {file}: File is not a zip file; "
        "a class path names jars and directories of class files"
    )


def test_what_is_no_class_file(tmp_path, capfd):
    (tmp_path / "acme").mkdir()
    (tmp_path / "acme" / "Shop.class").write_bytes(b"text")
    assert refused(capfd, "-cp", tmp_path, "acme") == (
        f"cannot read the class acme.Shop in {tmp_path}: "
        "it does not begin with CAFEBABE, as every class file does"
    )


def test_a_damaged_class_file(classes, capfd):
    file = classes / "com" / "acme" / "shop" / "Shop.class"
    whole = file.read_bytes()
    for size in (8, 40, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:size])
        error = refused(capfd, "-cp", classes, "com.acme.shop")
        assert error.startswith(f"cannot read the class com.acme.shop.Shop in {classes}: it is dam")


def test_a_directory_above_or_below_the_right_one(tmp_path, shop, capfd):
    assert refused(capfd, "-cp", shop / "com", "acme.shop") == (
        f"cannot read the class acme.shop.Shop in {shop}/com: the class file there is that of "
        "com.acme.shop.Shop; a class path names the directory in which the packages begin"
    )


@pytest.mark.parametrize(
    "package, hint",
    [
        ("java.utl", "; near it are java.util, java.util.zip, java.util.spi"),
        ("com.acme", "; below it are com.acme.shop"),
        ("com.acme.ship", "; near it are com.acme.shop"),
        ("nothing.like.this", ""),
    ],
)
def test_a_package_that_is_not_there(shop, capfd, package, hint):
    error = refused(capfd, "-cp", shop, package)
    assert error == f"there is no package {package} on the class path or in the JDK{hint}"


def test_a_class_where_a_package_is_wanted(capfd):
    error = refused(capfd, "java.util.ArrayList")
    assert error == "java.util.ArrayList is a class; name its package: java.util"


def test_no_jdk(tmp_path, capfd, monkeypatch):
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    assert refused(capfd, "java.util") == (
        f"cannot find a JDK of Java 9 or later; tried --jdk: not given; JAVA_HOME: {tmp_path} has "
        "no lib/modules; java on PATH: not there. Name one with --jdk"
    )
    error = refused(capfd, "--jdk", tmp_path / "x", "java.util")
    assert "tried --jdk: " in error and "JAVA_HOME" not in error


def test_a_file_that_is_no_jimage(tmp_path, capfd):
    (tmp_path / "lib").mkdir()
    file = tmp_path / "lib" / "modules"
    for content, why in (
        (b"x" * 100, "it is no jimage file"),
        (b"", "it is no jimage file"),
        (struct.pack("<7I", 0xCAFEDADA, 2 << 16, 0, 0, 0, 0, 0), "its format has the version 2"),
        (struct.pack("<7I", 0xCAFEDADA, 1 << 16, 0, 9, 9, 9, 9), "it is damaged"),
    ):
        file.write_bytes(content)
        error = refused(capfd, "--jdk", tmp_path, "java.util")
        assert error.startswith(f"cannot read the JDK's {file}: {why}")


def test_a_compressed_jimage(tmp_path):
    """As ``jlink --compress`` writes them, for one class."""
    strings = b"\0java.base\0java/lang\0Object\0class\0zip\0"
    offsets = {
        word: strings.index(b"\0" + word + b"\0") + 1 for word in strings.split(b"\0") if word
    }
    packed = zlib.compress(b"class file")
    stored = struct.pack("<IQQIIB", 0xCAFEFAFA, len(packed), 10, offsets[b"zip"], 0, 1) + packed
    values = (
        offsets[b"java.base"],
        offsets[b"java/lang"],
        offsets[b"Object"],
        offsets[b"class"],
        0,
    )
    locations = b"".join(
        struct.pack(">BI", kind << 3 | 3, value)
        for kind, value in enumerate((*values, len(stored), 10), 1)
    )
    locations += b"\0"
    header = struct.pack("<7I", 0xCAFEDADA, 1 << 16, 0, 1, 1, len(locations), len(strings))
    file = tmp_path / "modules"
    file.write_bytes(header + struct.pack("<II", 0, 0) + locations + strings + stored)
    image = Jimage(file)
    assert list(image.names()) == ["java/lang/Object"]
    assert image.read("java/lang/Object") == b"class file"


def test_every_jdk_of_this_machine(tmp_path):
    homes = {path.resolve() for path in Path("/usr/lib/jvm").glob("*")}
    homes = {find_jdk(None), *(home for home in homes if (home / "lib" / "modules").is_file())}
    for number, home in enumerate(sorted(homes)):
        output = tmp_path / str(number)
        text = write_stubs(output, "--jdk", home, "java.util.function")["java.util.function"]
        assert "def test(self, arg0: _T | None, /) -> bool: ..." in text


def test_a_supertype_that_is_not_on_the_class_path(tmp_path, capfd):
    base = "package far; public class Away {}"
    classes = compile_java(tmp_path, base, SHOP.replace("Shop {", "Shop extends far.Away {"))
    shutil.rmtree(classes / "far")
    output = tmp_path / "stubs"
    assert main(["-cp", str(classes), "com.acme.shop", "-o", str(output)]) == 0
    assert capfd.readouterr().err == (
        "naja.stubs: far.Away, a supertype of com.acme.shop.Shop, is not on the class path: "
        "taken as Any\n"
    )
    text = (output / "com" / "acme" / "shop" / "__init__.pyi").read_text()
    assert "class Shop(_t.Any):" in text


def test_files_of_others_are_left_alone(tmp_path, capfd):
    file = tmp_path / "java" / "util" / "function" / "__init__.pyi"
    file.parent.mkdir(parents=True)
    file.write_text("mine = 1\n")
    assert refused(capfd, "java.util.function", "-o", tmp_path) == (
        f"{file} is there and not by naja.stubs, so it is left alone; "
        "name another directory with -o"
    )
    assert file.read_text() == "mine = 1\n"
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]


def test_an_output_that_cannot_be_written(tmp_path, capfd):
    (tmp_path / "out").write_text("")
    error = refused(capfd, "java.util.function", "-o", tmp_path / "out")
    assert error.startswith(f"cannot write {tmp_path}/out/")


def test_complete_packages_stay_complete(tmp_path):
    write_stubs(tmp_path, "java.lang")
    stubs = write_stubs(tmp_path, "java.util.function")
    assert "class System(" in stubs["java.lang"]
    assert "class Function(" in stubs["java.util.function"]
    stubs = write_stubs(tmp_path, "java.lang", "java.util.function")
    assert "class System(" in stubs["java.lang"]


def test_wrong_usage(capfd):
    with pytest.raises(SystemExit) as caught:
        main([])
    assert caught.value.code == 2
    assert "usage: python -m naja.stubs" in capfd.readouterr().err


def test_jdk_by_the_java_on_the_path(tmp_path, monkeypatch):
    home = find_jdk(None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    (tmp_path / "java").symlink_to(home / "bin" / "java")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_jdk(None) == home.resolve()
    with pytest.raises(StubsError):
        find_jdk(str(tmp_path))
