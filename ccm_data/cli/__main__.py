"""`python -m ccm_data.cli`: the `ccm` command, where no script of that name is at hand."""

from ccm_data.cli import main

main()
