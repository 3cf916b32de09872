"""The claims, and the code that reads and checks them."""

from importlib.resources import files
from importlib.resources.abc import Traversable


def claims_folder() -> Traversable:
    """Returns the folder of the dataset `network`, in a wheel, an editable install or a checkout."""
    return files(__name__) / "claims"


def shipped_folders() -> list[Traversable]:
    """Returns the folders of the datasets that come with the program: `network` and `country`."""
    return [folder for folder in (claims_folder(), files(__name__) / "country") if folder.is_dir()]
