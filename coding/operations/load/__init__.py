"""Loading releases of code sets: all or nothing, and quick when nothing changed."""

from coding.domain.codefiles import WrongFile
from coding.operations.load.built_in import load_built_in
from coding.operations.load.files import load_files
from coding.operations.load.releases import Incoming, Loaded, load_release

__all__ = ["Incoming", "Loaded", "WrongFile", "load_built_in", "load_files", "load_release"]
