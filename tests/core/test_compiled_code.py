"""Compiled code finds a folder to be kept in even where nothing can be written."""

import os
import subprocess
import sys

import pytest

from chronocover.core.compiled_code import provide_folder

SCRIPT = """
import importlib.util, os, stat, sys
spec = importlib.util.spec_from_file_location("compiled_code", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
module.provide_folder(sys.argv[2])
folder = os.environ.get("NUMBA_CACHE_DIR", "")
print(folder)
if folder:
    assert stat.S_IMODE(os.stat(folder).st_mode) == 0o700
    sys.path.insert(0, sys.argv[3])
    import kernel
    assert kernel.twice(4) == 8
    print(sum(len(files) for _, _, files in os.walk(folder)))
"""
KERNEL = "import numba\n\n\n@numba.njit(cache=True)\ndef twice(value):\n    return 2 * value\n"


def run(tmp_path, beside, caches, **environment):
    source = os.path.join(os.path.dirname(__file__), "..", "..", "core", "compiled_code.py")
    (tmp_path / "kernel.py").write_text(KERNEL)
    variables = {key: value for key, value in os.environ.items() if key != "NUMBA_CACHE_DIR"}
    variables.update({"XDG_CACHE_HOME": str(caches), "LOCALAPPDATA": str(caches), **environment})
    command = [sys.executable, "-c", SCRIPT, source, str(beside), str(tmp_path)]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture
def nowhere(tmp_path):
    """A folder that cannot be made, even by an administrator."""
    (tmp_path / "file").write_text("no folder")
    return tmp_path / "file" / "folder"


def test_where_nothing_can_be_written_the_process_has_a_folder_of_its_own(nowhere, tmp_path):
    folder, files = run(tmp_path, nowhere, nowhere)
    assert int(files) > 0 and not os.path.exists(folder)  # used, and gone with the process


@pytest.mark.parametrize("writable", ["beside", "caches"])
def test_where_something_can_be_written_numba_chooses(writable, nowhere, tmp_path):
    places = {"beside": nowhere, "caches": nowhere, writable: tmp_path / "new" / "folder"}
    assert run(tmp_path, **places) == [""]


def test_the_users_own_choice_stays(nowhere, tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", "/some/where")
    provide_folder(str(nowhere))
    assert os.environ["NUMBA_CACHE_DIR"] == "/some/where"
