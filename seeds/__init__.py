"""The claims, and the code that reads and checks them."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def claims_folder() -> Traversable:
    """Returns the folder of the claims that come with the program, in a wheel, an editable install or a checkout."""
    return files(__name__) / "claims"
