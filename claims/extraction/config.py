"""Settings of a trained network, as its `config.json` holds them."""

from __future__ import annotations

from typing import Any

from transformers import PretrainedConfig

from claims.extraction.catalogue import MODEL_TYPE


class ClaimsConfig(PretrainedConfig):  # type: ignore[no-untyped-call]
    """Settings of `ClaimsModel`; `encoder` holds those of the BERT encoder.

    `decoding` and `calibration` are filled in after training: thresholds chosen on dev, and the
    weights of the confidence and of the order in which conflicts are settled (see
    `claims.extraction.confidence`).
    """

    model_type = MODEL_TYPE

    def __init__(  # noqa: PLR0917 (transformers calls it without arguments, or by name)
        self,
        encoder: dict[str, Any] | None = None,
        role_width: int = 160,
        role_layers: int = 2,
        role_heads: int = 4,
        reach: int = 90,
        dropout: float = 0.1,
        decoding: dict[str, float] | None = None,
        calibration: dict[str, list[float]] | None = None,
        **kwargs: Any,
    ) -> None:
        """`reach`: words before and after a cue in which its roles are looked for."""
        self.encoder = encoder or {}
        self.role_width = role_width
        self.role_layers = role_layers
        self.role_heads = role_heads
        self.reach = reach
        self.dropout = dropout
        self.decoding = decoding or {}
        self.calibration = calibration or {}
        super().__init__(**kwargs)
