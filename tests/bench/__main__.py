"""`python -m tests.bench --peers FOLDER`."""

from tests.bench.run import main

main()
