"""Training: needs the extra ``train``, and says so where it is not installed."""

from importlib.util import find_spec

from onrecord.errors import ExtraMissingError

for _package in ("torch", "transformers", "onnx"):
    if find_spec(_package) is None:
        raise ExtraMissingError("train", _package)
