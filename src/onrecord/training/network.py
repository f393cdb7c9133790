"""The network that finds attributions, in torch: one encoder, three heads.

``tags`` marks each piece as outside, or as beginning or going on with a source, cue or
content. ``inner`` does the same for attributions nested in another's content. ``read_cues``
reads the text again for one cue of either: which pieces are its source and its content. So
one source can serve several cues ("Trump said ... and added ...").
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from torch import nn
from transformers import AutoConfig, AutoModel
from transformers.utils import logging as transformers_logging

from onrecord.encoder.base import CUE_ROLES, DISTANCE_STEPS, TAG_ROLES
from onrecord.encoder.pieces import SURFACES
from onrecord.errors import TrainingError

if TYPE_CHECKING:
    from torch import Tensor
    from transformers import PretrainedConfig

WIDTH = 192
"""Width of the per-cue head."""

DROPOUT = 0.1


class AttributionNetwork(nn.Module):
    """An encoder with a tagging head, one for nested attributions, and a per-cue head.

    The encoder is any of the transformers library that takes word vectors in place of
    words (BERT, MPNet). A piece's vector is its word's and its surface's.
    """

    def __init__(self, config: PretrainedConfig, encoder: nn.Module | None = None) -> None:
        super().__init__()
        wide = config.hidden_size
        self.encoder = encoder or AutoModel.from_config(config, add_pooling_layer=False)
        self.surfaces = nn.Embedding(SURFACES, wide)
        self.dropout = nn.Dropout(DROPOUT)
        self.tags = nn.Linear(wide, 1 + 2 * len(TAG_ROLES))
        self.inner = nn.Linear(wide, 1 + 2 * len(TAG_ROLES))
        self.piece = nn.Linear(wide, WIDTH)
        self.cue_first = nn.Linear(wide, WIDTH, bias=False)
        self.cue_last = nn.Linear(wide, WIDTH, bias=False)
        self.distance = nn.Embedding(2 * DISTANCE_STEPS + 1, WIDTH)
        self.roles = nn.Linear(WIDTH, 1 + 2 * len(CUE_ROLES))
        # A surface tells nothing yet, and distances that training never saw must not win
        # (baselines.md): both start at nothing.
        nn.init.zeros_(self.surfaces.weight)
        nn.init.zeros_(self.distance.weight)

    @classmethod
    def from_encoder(cls, folder: Path) -> AttributionNetwork:
        """Start from a published encoder. Raises `TrainingError` where it does not load."""
        transformers_logging.set_verbosity_error()
        transformers_logging.disable_progress_bar()
        try:
            # Attention without dropout is the fastest on a CPU (baselines.md).
            config = AutoConfig.from_pretrained(
                folder, local_files_only=True, attention_probs_dropout_prob=0.0
            )
            encoder = AutoModel.from_pretrained(
                folder, config=config, local_files_only=True, add_pooling_layer=False
            )
        except Exception as error:  # transformers raises many kinds for another folder
            raise TrainingError(f"{folder} holds no encoder that loads: {error}") from error
        return cls(config, encoder.float())

    @property
    def words(self) -> nn.Embedding:
        """The encoder's table of word vectors."""
        table: nn.Embedding = self.encoder.get_input_embeddings()
        return table

    def forward(self, ids: Tensor, surfaces: Tensor, mask: Tensor) -> Tensor:
        """Hidden states (batch, pieces, wide)."""
        return self.encode(self.words(ids), surfaces, mask)

    def encode(self, words: Tensor, surfaces: Tensor, mask: Tensor | None = None) -> Tensor:
        """Hidden states from word vectors (batch, pieces, wide)."""
        vectors = words + self.surfaces(surfaces)
        hidden = self.encoder(inputs_embeds=vectors, attention_mask=mask).last_hidden_state
        out: Tensor = self.dropout(hidden)
        return out

    def read_cues(self, hidden: Tensor, cues: Tensor, distance: Tensor) -> Tensor:
        """Role scores (cues, pieces, 5).

        A row of ``cues`` is window, first and last piece; ``distance`` (cues, pieces) is
        what `onrecord.encoder.base.cue_distances` gives.
        """
        window, first, last = cues.unbind(1)
        cue = self.cue_first(hidden[window, first]) + self.cue_last(hidden[window, last])
        return self.score_roles(self.piece(hidden)[window], cue, distance)

    def score_roles(self, piece: Tensor, cue: Tensor, distance: Tensor) -> Tensor:
        """Role scores (cues, pieces, 5) of pieces (…, pieces, WIDTH) for cues (cues, WIDTH)."""
        mixed = piece + cue[:, None] + self.distance(distance)
        return self.roles(nn.functional.gelu(mixed))
