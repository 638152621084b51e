"""Baseline: how much it means to lack a habit, on a site where so many newcomers have it."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from detectors.base import Scores

HARVESTERS = 0.95  # share of harvesters that lack the habit; chosen, no labelled harvest is public
PEOPLE = 0.06  # share of people who lack it on a site of pages: 6.4 % of image clients, measured
NATS = log(HARVESTERS / PEOPLE)  # 2.76, what lacking it is worth on such a site


def surprise(newcomers: Scores) -> Scores:
    """Turn the share of newcomers who have a habit into the share of a weight that stays, [0, 1].

    It is the log-likelihood ratio ln(HARVESTERS / (1 - newcomers)) in units of NATS: 1 where nearly
    everybody has the habit, 0.37 where a third lacks it, 0 on an image host where nobody has it.
    """
    lacking = np.maximum(1.0 - newcomers, PEOPLE)
    return np.clip(np.log(HARVESTERS / lacking) / NATS, 0.0, 1.0)
