"""Are the modules of two jobs apart, and is each job's code as if it were alone?"""

import importlib
import importlib.metadata
import logging
import pickle
import sys
import threading
import traceback
import zipfile
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import EXTENSION_SUFFIXES

import pytest

from naja.flink import _routing
from naja.flink._overlay import Overlay, shipped


@pytest.fixture
def make(tmp_path):
    """Makes an overlay of the given files: ``make("a", {"fraud.py": "..."})``."""
    made = []

    def make_overlay(name, files, zipped=False):
        root = tmp_path / name
        for file, text in files.items():
            path = root / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        if zipped:
            archive = tmp_path / f"{name}.zip"
            with zipfile.ZipFile(archive, "w") as out:
                for file, text in files.items():
                    out.writestr(file, text)
            root = archive
        root.exists() or root.mkdir()
        overlay = Overlay(f"job {name!r}", name, [str(root)])
        made.append(overlay)
        return overlay

    yield make_overlay
    for overlay in made:
        overlay.close()
    assert not _routing.overlays
    assert not any(isinstance(m, _routing.Router) for m in sys.modules.values())


def test_modules_of_one_name_are_each_jobs_own(make):
    one = make("one", {"fraud.py": "VERSION = 1\ndef version(): return VERSION"})
    two = make("two", {"fraud.py": "VERSION = 2\ndef version(): return VERSION"})
    assert one.import_module("fraud").version() == 1
    assert two.import_module("fraud").version() == 2
    one.import_module("fraud").VERSION = 7
    assert one.import_module("fraud").version() == 7
    assert two.import_module("fraud").version() == 2


def test_a_job_sees_no_other_jobs_modules(make):
    make("one", {"fraud.py": ""}).import_module("fraud")
    two = make("two", {"other.py": "def f():\n  import fraud"})
    with pytest.raises(ModuleNotFoundError) as failed:
        two.import_module("fraud")
    assert "there is no module 'fraud' in the files of job 'two'" in str(failed.value)
    assert "python.files" in str(failed.value)
    with pytest.raises(ModuleNotFoundError):
        two.import_module("other").f()


def test_names_are_plain(make):
    job = make("job", {"pkg/__init__.py": "", "pkg/sub.py": "class C: pass\nNAME = __name__"})
    module = job.import_module("pkg.sub")
    assert (module.__name__, module.NAME, module.C.__module__) == ("pkg.sub",) * 3
    assert module.__spec__.name == "pkg.sub"
    assert logging.getLogger(module.__name__).name == "pkg.sub"


@pytest.mark.parametrize("zipped", [False, True])
def test_packages_import_in_every_way(make, zipped):
    files = {
        "pkg/__init__.py": "from .a import A\nfrom . import b\nimport pkg.c as c\n",
        "pkg/a.py": "from pkg.inner.deep import DEPTH\nA = DEPTH + 1",
        "pkg/b.py": "import pkg.inner.deep\nB = pkg.inner.deep.DEPTH\nfrom .c import *",
        "pkg/c.py": "__all__ = ['X']\nX = 5\nY = 6",
        "pkg/inner/__init__.py": "",
        "pkg/inner/deep.py": "DEPTH = 3\nfrom ..c import X as UP",
        "main.py": "import pkg, json\nfrom pkg import *\nfrom pkg import inner\n"
        "import pkg.inner.deep as d\n",
    }
    main = make("job", files, zipped).import_module("main")
    assert main.pkg.A == 4
    assert main.pkg.b.B == 3
    assert (main.pkg.b.X, hasattr(main.pkg.b, "Y")) == (5, False)
    assert main.d.UP == 5
    assert main.inner.deep is main.d
    assert main.json is sys.modules["json"]


def test_namespace_packages(make):
    job = make(
        "job", {"space/part/mod.py": "V = 1", "use.py": "from space.part import mod\nV = mod.V"}
    )
    assert job.import_module("use").V == 1


def test_circular_imports(make):
    job = make(
        "job",
        {
            "a.py": "import b\nfrom p import x\nV = 1\ndef f(): return b.V",
            "b.py": "import a\nV = 2\ndef f(): return a.V",
            "p/__init__.py": "",
            "p/x.py": "from p import y\nX = 1",
            "p/y.py": "from p import x\ndef f(): return x.X",
        },
    )
    a = job.import_module("a")
    assert (a.f(), a.b.f(), a.x.y.f()) == (2, 1, 1)


def test_import_module_by_name_in_a_jobs_code(make):
    text = "import importlib\ndef get(name): return importlib.import_module(name)"
    one = make("one", {"use.py": text, "fraud.py": "V = 1", "pkg/m.py": "V = 3"})
    two = make("two", {"use.py": text, "fraud.py": "V = 2"})
    for _ in range(2):
        assert one.import_module("use").get("fraud") is one.import_module("fraud")
        assert two.import_module("use").get("fraud").V == 2
    assert one.import_module("use").get("pkg.m").V == 3
    with pytest.raises(ModuleNotFoundError):
        two.import_module("use").get("pkg.m")


CLASSES = """
import dataclasses, enum, pickle, typing

@dataclasses.dataclass
class Point:
    x: "int"
    y: typing.ClassVar["Mode"] = None

class Mode(enum.Enum):
    FAST = VERSION

class Pair(typing.NamedTuple):
    a: int
    b: "Point"

def dumps(value): return pickle.dumps(value)
def loads(data): return pickle.loads(data)
def hints(): return typing.get_type_hints(Pair)
"""


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_pickles_name_the_class_plainly_and_find_the_readers_own(make, protocol):
    one = make("one", {"shapes.py": "VERSION = 1" + CLASSES})
    two = make("two", {"shapes.py": "VERSION = 2" + CLASSES})
    a, b = one.import_module("shapes"), two.import_module("shapes")
    data = one.call(pickle.dumps, a.Point(5), protocol)
    assert b"shapes" in data
    assert type(one.call(pickle.loads, data)) is a.Point
    assert type(two.call(pickle.loads, data)) is b.Point
    assert a.loads(data) == a.Point(5)
    assert b.loads(a.dumps(a.Pair(1, a.Point(2)))) == b.Pair(1, b.Point(2))
    assert a.loads(a.dumps(a.Mode.FAST)) is a.Mode.FAST


def test_hints_and_dataclasses_resolve_names_of_their_own_module(make):
    one = make("one", {"shapes.py": "VERSION = 1" + CLASSES})
    two = make("two", {"shapes.py": "VERSION = 2" + CLASSES})
    import dataclasses
    import typing

    for job in (one, two):
        shapes = job.import_module("shapes")
        assert shapes.hints() == {"a": int, "b": shapes.Point}
        assert job.call(typing.get_type_hints, shapes.Pair)["b"] is shapes.Point
        assert [field.name for field in dataclasses.fields(shapes.Point)] == ["x"]


def test_a_module_may_reach_itself_through_sys_modules(make):
    text = "import sys\nthis = sys.modules[__name__]\nthis.added = NUMBER\ndef get(): return added"
    one = make("one", {"self.py": "NUMBER = 1\n" + text})
    two = make("two", {"self.py": "NUMBER = 2\n" + text})
    assert (one.import_module("self").get(), two.import_module("self").get()) == (1, 2)


def test_a_module_may_put_another_object_in_its_place(make):
    text = "import sys\nclass It:\n  v = NUMBER\nsys.modules[__name__] = It()"
    one = make("one", {"it.py": "NUMBER = 1\n" + text, "use.py": "import it\nV = it.v"})
    two = make("two", {"it.py": "NUMBER = 2\n" + text, "use.py": "import it\nV = it.v"})
    assert (one.import_module("use").V, two.import_module("use").V) == (1, 2)


def test_a_jobs_module_wins_over_the_environments(make, tmp_path, monkeypatch):
    environment = tmp_path / "site"
    environment.mkdir()
    (environment / "clash.py").write_text("V = 'environment'")
    (environment / "library.py").write_text(
        "import importlib\ndef get(): return importlib.import_module('clash').V"
    )
    monkeypatch.syspath_prepend(str(environment))
    text = "import clash, library\nV = clash.V"
    with_own = make("own", {"clash.py": "V = 'job'", "use.py": text})
    without = make("without", {"use.py": text})
    assert with_own.import_module("use").V == "job"
    assert without.import_module("use").V == "environment"
    assert importlib.import_module("clash").V == "environment"
    with_own.close()
    without.close()
    assert sys.modules["clash"].V == "environment"
    del sys.modules["clash"], sys.modules["library"]


def test_a_job_may_not_take_the_standard_librarys_names(make):
    job = make("job", {"json.py": "dumps = None", "use.py": "import json\nV = json.dumps(1)"})
    assert job.import_module("use").V == "1"


def test_errors_show_the_file_as_it_is(make):
    job = make("job", {"bad.py": "import worse\n", "worse.py": "x = 1\nraise ValueError('no')\n"})
    with pytest.raises(ValueError) as failed:
        job.import_module("bad")
    text = "".join(traceback.format_exception(failed.type, failed.value, failed.tb))
    assert "worse.py\", line 2, in <module>\n    raise ValueError('no')" in text
    assert "bad" not in job.modules and "worse" not in job.modules
    with pytest.raises(ValueError):
        job.import_module("bad")


def test_tracebacks_show_lines_of_zipped_files(make):
    job = make("job", {"bad.py": "def f():\n    return 1 / 0\n"}, zipped=True)
    with pytest.raises(ZeroDivisionError) as failed:
        job.import_module("bad").f()
    assert "return 1 / 0" in "".join(traceback.format_tb(failed.tb))


def test_missing_modules_are_named(make):
    job = make(
        "job",
        {"pkg/__init__.py": "", "use.py": "import pkg.none", "use2.py": "from pkg import none"},
    )
    with pytest.raises(ModuleNotFoundError, match="No module named 'pkg.none'"):
        job.import_module("use")
    with pytest.raises(ImportError, match="cannot import name 'none' from 'pkg'"):
        job.import_module("use2")


def test_threads_of_a_job(make):
    text = """
import threading, pickle
from concurrent.futures import ThreadPoolExecutor
from importlib.machinery import EXTENSION_SUFFIXES
class C: pass
def lazy():
    import other
    return other.V
def in_thread():
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(lazy).result()
"""
    one = make("one", {"main.py": text, "other.py": "V = 1"})
    two = make("two", {"main.py": text, "other.py": "V = 2"})
    assert (one.import_module("main").in_thread(), two.import_module("main").in_thread()) == (1, 2)


def test_many_threads_import_once(make):
    files = {
        f"m{i}.py": f"import time\ntime.sleep(0.01)\nimport m{(i + 1) % 8}\nV = {i}"
        for i in range(8)
    }
    files["count.py"] = (
        "import builtins\nbuiltins.naja_count = getattr(builtins, 'naja_count', 0) + 1"
    )
    job = make("job", {**files, "m8.py": "import count\nV = 8"})
    barrier = threading.Barrier(16)

    def load(number):
        barrier.wait(10)
        job.import_module("m8")
        return job.import_module(f"m{number % 8}")

    import builtins

    try:
        with ThreadPoolExecutor(16) as pool:
            loaded = list(pool.map(load, range(16)))
        assert builtins.naja_count == 1
        assert [loaded[n] is loaded[n + 8] for n in range(8)] == [True] * 8
        assert [module.V for module in loaded] == [*range(8), *range(8)]
    finally:
        del builtins.naja_count


def test_a_thread_of_no_job_is_told_so(make):
    make("one", {"fraud.py": "V = 1"}).import_module("fraud")
    assert sys.modules["fraud"].V == 1
    make("two", {"fraud.py": "V = 2"}).import_module("fraud")
    with pytest.raises(
        AttributeError, match="is one of job 'one', job 'two', and this thread runs"
    ):
        _ = sys.modules["fraud"].V


def test_closing_forgets_the_modules(make):
    import weakref

    job = make("job", {"fraud.py": "class Model: pass\nM = Model()\ndef f(): return M"})
    module = job.import_module("fraud")
    function, model = module.f, weakref.ref(module.M)
    job.close()
    assert "fraud" not in sys.modules
    assert function() is model()
    del function, module
    importlib.import_module("gc").collect()
    assert model() is None


def test_an_overlay_that_nobody_has_is_gone(make, tmp_path):
    import gc
    import weakref

    (tmp_path / "fraud.py").write_text("def f(): return f")
    given_up = Overlay("job 'gone'", "gone", [str(tmp_path)])
    given_up.import_module("fraud").f()
    trace = weakref.ref(given_up)
    del given_up
    gc.collect()
    assert trace() is None
    assert not _routing.overlays
    # Its routers go with the next job that has modules of their names.
    make("job", {"fraud.py": ""}).import_module("fraud")


def test_distributions_beside_a_jobs_modules(make):
    text = "from importlib.metadata import version\ndef get(): return version('acme-lib')"
    metadata = "Metadata-Version: 2.1\nName: acme-lib\nVersion: {}\n"
    one = make("one", {"u.py": text, "acme_lib-1.dist-info/METADATA": metadata.format(1)})
    two = make("two", {"u.py": text, "acme_lib-2.dist-info/METADATA": metadata.format(2)})
    assert (one.import_module("u").get(), two.import_module("u").get()) == ("1", "2")
    with pytest.raises(importlib.metadata.PackageNotFoundError):
        importlib.metadata.version("acme-lib")


def test_data_files_beside_modules(make):
    text = """
import importlib.resources, pathlib, pkgutil
def read(): return pathlib.Path(__file__).with_name('x.txt').read_text()
def resource(): return (importlib.resources.files('pkg') / 'x.txt').read_text()
def data(): return pkgutil.get_data('pkg', 'x.txt')
"""
    job = make("job", {"pkg/__init__.py": text, "pkg/x.txt": "content"})
    pkg = job.import_module("pkg")
    assert (pkg.read(), pkg.resource(), pkg.data()) == ("content", "content", b"content")


def test_single_files_and_packages_hide_their_neighbours(tmp_path):
    (tmp_path / "fraud.py").write_text("import pkg.sub\nV = pkg.sub.V")
    (tmp_path / "neighbour.py").write_text("")
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("")
    (tmp_path / "pkg" / "sub.py").write_text("V = 5")
    job = Overlay("job 'j'", "j", [], [str(tmp_path / "fraud.py"), str(tmp_path / "pkg")])
    try:
        assert job.import_module("fraud").V == 5
        with pytest.raises(
            ModuleNotFoundError, match="no module 'neighbour' in the files of job 'j'"
        ):
            job.import_module("neighbour")
    finally:
        job.close()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(
        FileNotFoundError, match=r"gone.py', which job 'j' asks for, does not exist"
    ):
        Overlay("job 'j'", "j", [], [str(tmp_path / "gone.py")])
    assert "j" not in _routing.overlays


def test_archives_are_found_by_name(tmp_path, monkeypatch):
    (tmp_path / "model.txt").write_text("weights")
    (tmp_path / "use.py").write_text(
        "import naja.flink\ndef get(path): return naja.flink.shipped(path)"
    )
    job = Overlay("job 'j'", "j", [], [str(tmp_path / "use.py")], {"data": str(tmp_path)})
    try:
        get = job.import_module("use").get
        assert get("data/model.txt") == str(tmp_path / "model.txt")
        assert get("data") == str(tmp_path)
        with pytest.raises(FileNotFoundError, match="job 'j' has the archives data; ship it with"):
            get("model.txt")
    finally:
        job.close()
    monkeypatch.chdir(tmp_path)
    assert shipped("model.txt") == str(tmp_path / "model.txt")
    with pytest.raises(FileNotFoundError, match="it was looked for in"):
        shipped("other.txt")


def _package(root, name, version, native=True):
    (root / name).mkdir(parents=True)
    (root / name / "__init__.py").write_text(f"VERSION = {version!r}")
    (root / f"{name}-{version}.dist-info").mkdir()
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    (root / f"{name}-{version}.dist-info" / "METADATA").write_text(metadata)
    if native:
        (root / name / f"_core{EXTENSION_SUFFIXES[0]}").write_bytes(b"")
    return str(root)


def test_native_packages_are_shared_and_refused_in_another_version(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "path", list(sys.path))
    one, two, same = (tmp_path / name for name in ("one", "two", "same"))
    first = Overlay("job 'one'", "1", [_package(one, "nativeacme", "1.0")])
    try:
        package = first.import_module("nativeacme")
        assert package.VERSION == "1.0"
        assert sys.modules["nativeacme"] is package
        with pytest.raises(ImportError) as refused:
            Overlay("job 'two'", "2", [_package(two, "nativeacme", "2.0")])
        assert f"nativeacme 2.0 in {two}, but 1.0 in {one}" in str(refused.value)
        assert "job 'two' brings packages with native code" in str(refused.value)
        again = Overlay("job 'same'", "3", [_package(same, "nativeacme", "1.0.0")])
        assert again.import_module("nativeacme") is package
        again.close()
    finally:
        first.close()
        del sys.modules["nativeacme"]


def test_packages_without_native_code_are_each_jobs_own(tmp_path):
    one = Overlay("one", "1", [_package(tmp_path / "one", "pureacme", "1.0", native=False)])
    two = Overlay("two", "2", [_package(tmp_path / "two", "pureacme", "2.0", native=False)])
    try:
        assert one.import_module("pureacme").VERSION == "1.0"
        assert two.import_module("pureacme").VERSION == "2.0"
    finally:
        one.close()
        two.close()
