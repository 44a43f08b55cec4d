"""Do a requirements file's missing packages, and no others, get into a directory, offline?"""

import importlib.metadata
import sys
import zipfile

import pytest

from naja.flink import _requirements


def wheel(directory, name, version, requires=()):
    """Writes a wheel with one module that holds its version."""
    directory.mkdir(exist_ok=True)
    info = f"{name}-{version}.dist-info"
    metadata = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    metadata += "".join(f"Requires-Dist: {each}\n" for each in requires)
    with zipfile.ZipFile(directory / f"{name}-{version}-py3-none-any.whl", "w") as out:
        out.writestr(f"{name}.py", f"VERSION = {version!r}\n")
        out.writestr(f"{info}/METADATA", metadata)
        out.writestr(
            f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
        )
        out.writestr(f"{info}/RECORD", "")


def has_pip():
    try:
        version = importlib.metadata.version("pip")
    except importlib.metadata.PackageNotFoundError:
        return False
    return tuple(map(int, version.split(".")[:2])) >= (22, 2)


pytestmark = pytest.mark.skipif(not has_pip(), reason="needs pip 22.2 or later")


def test_missing_packages_come_from_the_wheels_alone(tmp_path):
    wheels, target = tmp_path / "wheels", tmp_path / "site"
    wheel(wheels, "acmebase", "2.1")
    wheel(wheels, "acmetop", "1.0", ["acmebase>=2", "pytest"])
    (tmp_path / "requirements.txt").write_text("acmetop==1.0\n")
    _requirements.install(str(tmp_path / "requirements.txt"), str(wheels), str(target))
    assert sorted(path.name for path in target.glob("*.py")) == ["acmebase.py", "acmetop.py"]


def test_what_the_environment_has_is_not_installed_again(tmp_path):
    target, wheels = tmp_path / "site", tmp_path / "wheels"
    wheels.mkdir()
    (tmp_path / "requirements.txt").write_text("pytest\n")
    _requirements.install(str(tmp_path / "requirements.txt"), str(wheels), str(target))
    assert not target.exists()


def test_what_cannot_be_had_is_said_in_pips_words(tmp_path):
    wheels = tmp_path / "wheels"
    wheels.mkdir()
    (tmp_path / "requirements.txt").write_text("acmeabsent>=3\n")
    with pytest.raises(ImportError) as failed:
        _requirements.install(
            str(tmp_path / "requirements.txt"), str(wheels), str(tmp_path / "site")
        )
    text = str(failed.value)
    assert text.startswith("the packages of 'python.requirements' cannot be installed")
    assert f"ran: {sys.executable} -m pip" in text
    assert "acmeabsent>=3" in text
    assert not (tmp_path / "site").exists()
