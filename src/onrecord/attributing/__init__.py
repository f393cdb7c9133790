"""Page to attributions: tags decoded, then source, cue and content joined."""

from onrecord.attributing.stage import attribute

__all__ = ["attribute"]
