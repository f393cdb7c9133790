"""How much a statement weighs: the type of its source, the class of its cue, negation."""

from onrecord.weighing.lexicon import Lexicon, read_lexicon
from onrecord.weighing.stage import weigh

__all__ = ["Lexicon", "read_lexicon", "weigh"]
