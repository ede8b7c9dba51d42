"""Python packages that an algorithm needs and QGIS does not bring: are they there, and how to get them."""

import importlib
import os
import sys

from ..core.errors import ChronocoverError

PACKAGE_OF_MODULE = {"sklearn": "scikit-learn", "imblearn": "imbalanced-learn", "torch": '"torch>=2.5,<2.14"'}
OPTIONS_OF_MODULE = {"torch": "--index-url https://download.pytorch.org/whl/cpu"}
"""Of pip: PyTorch's own index has the build for processors, without gigabytes for graphics cards."""


def require(modules: tuple) -> None:
    """Import every module; raise ChronocoverError with the install command and the real import errors otherwise."""
    missing, reasons = [], []
    for module in modules:
        try:
            importlib.import_module(module)
        except Exception as error:  # a broken package raises anything, from ImportError to OSError of a DLL
            missing.append(module)
            reasons.append(f"{module}: {type(error).__name__}: {error}")
    if missing:
        packages = {module: PACKAGE_OF_MODULE.get(module, module) for module in missing}
        groups = [[packages[module] for module in missing if module not in OPTIONS_OF_MODULE]]
        groups += [[packages[module], OPTIONS_OF_MODULE[module]] for module in missing if module in OPTIONS_OF_MODULE]
        commands = [install_command(group) for group in groups if group]
        raise ChronocoverError(
            f"This algorithm needs Python packages that cannot be imported: {'; '.join(reasons)}. "
            f"Install them with {'this command' if len(commands) == 1 else 'these commands'}, then restart QGIS:\n"
            + "\n".join(commands)
        )


def install_command(packages: list) -> str:
    """The command that installs packages into the Python that runs QGIS."""
    names = " ".join(packages)
    if os.name == "nt":
        return f"python -m pip install --user {names}    (in the OSGeo4W Shell of the Start menu)"
    if sys.platform == "darwin":
        return f'"{os.path.join(sys.exec_prefix, "bin", "python3")}" -m pip install --user {names}'
    managed = " --break-system-packages" if sys.version_info >= (3, 11) and sys.prefix == sys.base_prefix else ""
    python = sys.executable if os.path.basename(sys.executable or "").startswith("python") else "python3"
    return f"{python} -m pip install{'' if sys.prefix != sys.base_prefix else ' --user'}{managed} {names}"
