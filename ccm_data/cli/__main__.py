"""`python -m ccm_data.cli`: the `ccm` command, where no script of that name is at hand."""

from ccm_data.cli import main

if __name__ == "__main__":
    main()
