"""The claims, and how they are read and checked."""

from importlib.abc import Traversable
from importlib.resources import files


def claims_folder() -> Traversable:
    """The claims that come with the program: in a wheel, an editable install and a bare checkout alike."""
    return files(__name__) / "claims"
