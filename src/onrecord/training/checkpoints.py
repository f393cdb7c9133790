"""A training run's state on disk, so that a run that was stopped goes on as if it had not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import torch

from onrecord.errors import TrainingError

if TYPE_CHECKING:
    from torch import nn
    from torch.optim import Optimizer
    from torch.optim.lr_scheduler import LRScheduler

CHECKPOINT = "checkpoint.pt"


def save(
    folder: Path,
    *,
    settings: dict[str, Any],
    epoch: int,
    network: nn.Module,
    optimizer: Optimizer,
    schedule: LRScheduler,
) -> None:
    """Write the state after ``epoch`` epochs; an older one is replaced in one step."""
    scratch = folder / (CHECKPOINT + ".new")
    torch.save(
        {
            "settings": settings,
            "epoch": epoch,
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "random": torch.get_rng_state(),
            "cuda": torch.cuda.get_rng_state_all() if settings["device"] == "cuda" else [],
        },
        scratch,
    )
    scratch.replace(folder / CHECKPOINT)


def resume(
    folder: Path,
    *,
    settings: dict[str, Any],
    network: nn.Module,
    optimizer: Optimizer,
    schedule: LRScheduler,
) -> int:
    """Load the state that `save` wrote; the number of epochs done.

    Raises `TrainingError` where there is none, or it comes from other settings.
    """
    path = folder / CHECKPOINT
    try:
        # weights_only: a checkpoint is data, and must not be able to run code.
        state = torch.load(path, weights_only=True, map_location="cpu")
        before = dict(state["settings"])
    except Exception as error:  # torch raises many kinds for a file that is none of its own
        raise TrainingError(f"{path} cannot be read: {error}. Start without --resume.") from error
    if before != settings:
        names = sorted({*settings, *before})
        changed = [name for name in names if settings.get(name) != before.get(name)]
        raise TrainingError(
            f"{path} comes from a run with other settings ({', '.join(changed)}). "
            "Give the same ones, or start without --resume."
        )
    network.load_state_dict(state["network"])
    optimizer.load_state_dict(state["optimizer"])
    schedule.load_state_dict(state["schedule"])
    torch.set_rng_state(state["random"])
    if state["cuda"]:
        torch.cuda.set_rng_state_all(state["cuda"])
    return int(state["epoch"])
