"""`python -m miaohui`."""

from miaohui.app.cli import main

main()
