"""Ridge-penalised logistic regression with prior centres, its covariance, and the shift that meets a level.

scikit-learn's LogisticRegression has neither an offset nor a penalty per column, which prior centres and year effects
need; tests hold this to its coefficients where both can fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Groups = npt.NDArray[np.integer[Any]]
STEPS = 60
TOLERANCE = 1e-11


@dataclass(frozen=True)
class Fit:
    """Posterior mode of the coefficients and their covariance (inverse of the penalised Hessian)."""

    coefficients: Array
    covariance: Array


def chance(log_odds: Array) -> Array:
    """The probability of log odds."""
    return np.asarray(0.5 * (1 + np.tanh(log_odds / 2)), dtype=float)


def fit(
    design: Array,
    outcome: Array,
    centre: Array,
    precision: Array,
    groups: Groups | None = None,
    within: float = 1.0,
    weights: Array | None = None,
) -> Fit:
    """Newton's method on the penalised likelihood: normal priors with `centre` and `precision` (inverse variance).

    `groups` numbers the group of each row from 0; each group has an effect of its own, normal around zero with
    precision `within`. The effects are solved out of every step, so that they cost a sum each and not a column of the
    design; the fit holds the coefficients of `design` alone, with the effects taken into account in their covariance.
    `weights` says how much each row counts.
    """
    counted = np.ones(len(outcome)) if weights is None else weights
    beta, effects = centre.copy(), np.zeros(0 if groups is None else int(groups.max()) + 1)
    for _ in range(STEPS):
        p = chance(design @ beta + (0.0 if groups is None else effects[groups]))
        weight, residual = counted * p * (1 - p), counted * (p - outcome)
        gradient = design.T @ residual + precision * (beta - centre)
        hessian = (design * weight[:, None]).T @ design + np.diag(precision)
        if groups is not None:
            own = np.bincount(groups, weight) + within
            pull = np.bincount(groups, residual) + within * effects
            shared = np.stack([np.bincount(groups, weight * column) for column in design.T], axis=1)
            hessian = hessian - shared.T @ (shared / own[:, None])
            gradient = gradient - shared.T @ (pull / own)
        step = np.linalg.solve(hessian, gradient)
        beta, moved = beta - step, float(np.abs(step).max())
        if groups is not None:
            shift = (pull - shared @ step) / own
            effects, moved = effects - shift, max(moved, float(np.abs(shift).max()))
        if moved < TOLERANCE:
            break
    return Fit(beta, np.asarray(np.linalg.inv(hessian), dtype=float))


def level(log_odds: Array, expected: Array) -> Array:
    """The shift per row of `log_odds` (draws × states) that makes its chances add up to `expected`."""
    low, high = np.full(len(expected), -40.0), np.full(len(expected), 40.0)
    for _ in range(80):
        middle = (low + high) / 2
        above = chance(log_odds + middle[:, None]).sum(axis=1) > expected
        low, high = np.where(above, low, middle), np.where(above, middle, high)
    return np.asarray((low + high) / 2)
