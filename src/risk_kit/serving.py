"""Start the web app on loopback."""

from __future__ import annotations

import subprocess
import sys
from importlib.resources import files


def serve(port: int) -> int:
    """Run Streamlit on 127.0.0.1 until it is stopped; returns its exit code."""
    page = files("risk_kit").joinpath("web/page.py")
    options = {
        "server.port": port,
        "server.address": "127.0.0.1",
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "server.maxUploadSize": 50,
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "viewer",
    }
    flags = [f"--{name}={value}" for name, value in options.items()]
    command = [sys.executable, "-m", "streamlit", "run", str(page), *flags]
    try:
        return subprocess.run(command, check=False).returncode
    except KeyboardInterrupt:
        return 0
