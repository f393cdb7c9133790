"""The network that finds mentions and links them, from what the encoder has read.

The encoder stays as it is: some of its layers go in side by side, so that attributions are
the same with these heads and without.
"""

from __future__ import annotations

from torch import Tensor, nn

from onrecord.encoder.mentions import DISTANCES, MENTION_TAGS
from onrecord.encoder.pieces import SURFACES

WIDE = 192
LAYERS = 2
HEADS = 3
INNER = 384
LINK = 64
"""Width of the vectors that are held against each other."""

DROPOUT = 0.2


class Layer(nn.Module):
    """A transformer's layer, spelt out so that it can be exported."""

    def __init__(self) -> None:
        super().__init__()
        self.before = nn.LayerNorm(WIDE)
        self.three = nn.Linear(WIDE, 3 * WIDE)
        self.joined = nn.Linear(WIDE, WIDE)
        self.between = nn.LayerNorm(WIDE)
        self.up = nn.Linear(WIDE, INNER)
        self.down = nn.Linear(INNER, WIDE)
        self.dropout = nn.Dropout(DROPOUT)

    def forward(self, hidden: Tensor, mask: Tensor | None) -> Tensor:
        rows, length, _ = hidden.shape
        three = self.three(self.before(hidden)).view(rows, length, 3, HEADS, WIDE // HEADS)
        query, key, value = three.permute(2, 0, 3, 1, 4)
        scores = query @ key.transpose(-1, -2) * (WIDE // HEADS) ** -0.5
        if mask is not None:
            scores = scores + mask[:, None, None]
        seen = (scores.softmax(-1) @ value).transpose(1, 2).reshape(rows, length, WIDE)
        hidden = hidden + self.dropout(self.joined(seen))
        inner = nn.functional.gelu(self.up(self.between(hidden)))
        out: Tensor = hidden + self.dropout(self.down(inner))
        return out


class MentionNetwork(nn.Module):
    """Tags of mentions, and vectors of which two make the score of a link."""

    def __init__(self, wide: int) -> None:
        super().__init__()
        self.enter = nn.Linear(wide, WIDE)
        self.surfaces = nn.Embedding(SURFACES, WIDE)
        self.dropout = nn.Dropout(DROPOUT)
        self.layers = nn.ModuleList([Layer() for _ in range(LAYERS)])
        self.norm = nn.LayerNorm(WIDE)
        self.tags = nn.Linear(WIDE, 1 + 2 * len(MENTION_TAGS))
        self.vectors = nn.Linear(WIDE, 4 * LINK)
        self.distance = nn.Embedding(DISTANCES, LINK)
        self.link = nn.Linear(LINK, 1)
        nn.init.normal_(self.surfaces.weight, std=0.02)
        nn.init.zeros_(self.distance.weight)

    def forward(
        self, hidden: Tensor, surfaces: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Tags (batch, pieces, 13) and vectors (batch, pieces, 4 LINK).

        ``mask`` (batch, pieces) is 0 where there is a piece and far below it elsewhere.
        """
        hidden = self.dropout(self.enter(hidden) + self.surfaces(surfaces))
        for layer in self.layers:
            hidden = layer(hidden, mask)
        hidden = self.norm(hidden)
        return self.tags(hidden), self.vectors(hidden)

    def score_links(self, anaphor: Tensor, antecedent: Tensor, distance: Tensor) -> Tensor:
        """Scores (pairs) of vectors (pairs, LINK) and what `link_distances` gives."""
        mixed = self.dropout(anaphor + antecedent + self.distance(distance))
        return self.link(nn.functional.gelu(mixed)).squeeze(-1)


def pair_vectors(vectors: Tensor, anaphors: Tensor, antecedents: Tensor) -> tuple[Tensor, Tensor]:
    """Vectors of pairs from those of pieces (pieces, 4 LINK); spans are (pairs, 2)."""
    parts = vectors.split(LINK, -1)
    one = parts[0][anaphors[:, 0]] + parts[1][anaphors[:, 1] - 1]
    other = parts[2][antecedents[:, 0]] + parts[3][antecedents[:, 1] - 1]
    return one, other
