"""Our own code is shown a system like Windows: without the modules, the names and the signals that
only POSIX has. Libraries see what there is.

Stands on the path of a process of its own (test_windows.py); Python runs it before anything else.
"""

import builtins
import os
import signal
import types

from posix_only import MODULES, OS_NAMES, SIGNAL_FUNCTIONS, SIGNALS


def _shown(module: types.ModuleType, hidden: set[str], **changed: object) -> types.ModuleType:
    shown = types.ModuleType(module.__name__)
    shown.__dict__.update({k: v for k, v in vars(module).items() if k not in hidden} | changed)
    return shown


_signals = {name for name in vars(signal) if name.startswith("SIG") and name.isupper()}
_shown_modules = {
    "os": _shown(os, OS_NAMES, name="nt", O_BINARY=0),
    "signal": _shown(signal, (_signals - SIGNALS - {"SIG_DFL", "SIG_IGN"}) | SIGNAL_FUNCTIONS),
}
_import = builtins.__import__


def _hiding(name, globals=None, locals=None, fromlist=(), level=0):  # noqa: A002
    importer = str((globals or {}).get("__name__", ""))
    is_ours = importer.startswith("miaohui") or "/miaohui/" in str((globals or {}).get("__file__"))
    if is_ours and level == 0:
        if name.partition(".")[0] in MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        if name in _shown_modules:
            return _shown_modules[name]
    return _import(name, globals, locals, fromlist, level)


builtins.__import__ = _hiding
