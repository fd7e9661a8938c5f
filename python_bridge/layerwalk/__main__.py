"""`python -m layerwalk` is the command `layerwalk`."""

from layerwalk.cli import main

if __name__ == "__main__":
    main()
