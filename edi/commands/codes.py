"""`codes import|list|show`: the official code lists."""

from edi.codes.commands import main
from edi.commands.streams import Streams


def codes(arguments: list[str], streams: Streams) -> int:
    """Import a list, tell which ones are in use, or look a code up."""
    return main(arguments, stdout=streams.stdout, stderr=streams.stderr)
