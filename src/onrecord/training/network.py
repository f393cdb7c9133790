"""The network that finds attributions, in torch: one encoder, two heads.

``tags`` marks each piece as outside, or as beginning or going on with a source, cue or
content. ``read_cues`` reads the text again for one cue: which pieces are its source and
its content. So one source can serve several cues ("Trump said ... and added ...").
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import torch
from torch import nn
from transformers import BertConfig, BertModel
from transformers.utils import logging as transformers_logging

from onrecord.encoder.base import CUE_ROLES, DISTANCE_STEPS, TAG_ROLES, cue_distances
from onrecord.encoder.pieces import SURFACES

if TYPE_CHECKING:
    from torch import Tensor

WIDTH = 192
"""Width of the per-cue head."""

DROPOUT = 0.1


class AttributionNetwork(nn.Module):
    """A BERT encoder with a tagging head and a per-cue head."""

    def __init__(self, config: BertConfig) -> None:
        super().__init__()
        wide = config.hidden_size
        self.encoder = BertModel(config, add_pooling_layer=False)
        self.encoder.embeddings.token_type_embeddings = nn.Embedding(SURFACES, wide)
        self.dropout = nn.Dropout(DROPOUT)
        self.tags = nn.Linear(wide, 1 + 2 * len(TAG_ROLES))
        self.piece = nn.Linear(wide, WIDTH)
        self.cue_first = nn.Linear(wide, WIDTH, bias=False)
        self.cue_last = nn.Linear(wide, WIDTH, bias=False)
        self.distance = nn.Embedding(2 * DISTANCE_STEPS + 1, WIDTH)
        self.roles = nn.Linear(WIDTH, 1 + 2 * len(CUE_ROLES))
        # Distances that training never saw must not win (baselines.md): start at nothing.
        nn.init.zeros_(self.distance.weight)

    @classmethod
    def from_encoder(cls, folder: Path) -> AttributionNetwork:
        """Start from a published encoder; every surface starts as its token type 0."""
        transformers_logging.set_verbosity_error()
        transformers_logging.disable_progress_bar()
        # Eager attention without dropout is the fastest on a CPU (baselines.md).
        config = BertConfig.from_pretrained(
            folder, attn_implementation="eager", attention_probs_dropout_prob=0.0
        )
        network = cls(config)
        known = BertModel.from_pretrained(folder, config=config, add_pooling_layer=False)
        state = known.state_dict()
        types = "embeddings.token_type_embeddings.weight"
        state[types] = state[types][:1].expand(SURFACES, -1)
        network.encoder.load_state_dict(state)
        return network

    def forward(self, ids: Tensor, surfaces: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Hidden states (batch, pieces, wide) and tag scores (batch, pieces, 7)."""
        hidden = self.encoder(
            input_ids=ids, token_type_ids=surfaces, attention_mask=mask
        ).last_hidden_state
        hidden = self.dropout(hidden)
        return hidden, self.tags(hidden)

    def read_cues(self, hidden: Tensor, cues: Tensor) -> Tensor:
        """Role scores (cues, pieces, 5); a row of ``cues`` is window, first and last piece."""
        window, first, last = cues.unbind(1)
        cue = self.cue_first(hidden[window, first]) + self.cue_last(hidden[window, last])
        away = cue_distances(first.numpy(), last.numpy(), hidden.shape[1])
        return self.score_roles(self.piece(hidden)[window], cue, torch.from_numpy(away))

    def score_roles(self, piece: Tensor, cue: Tensor, distance: Tensor) -> Tensor:
        """Role scores (cues, pieces, 5) of pieces (…, pieces, WIDTH) for cues (cues, WIDTH)."""
        mixed = piece + cue[:, None] + self.distance(distance)
        return self.roles(nn.functional.gelu(mixed))
