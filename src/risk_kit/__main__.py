"""python -m risk_kit: the command line without the installed script."""

from risk_kit.cli import main

main()
