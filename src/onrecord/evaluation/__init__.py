"""How good the answers are: corpora, alignment, scores that add up."""
