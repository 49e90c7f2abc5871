"""Ridge-penalised logistic regression with prior centres, its covariance, and the shift that meets a level.

scikit-learn's LogisticRegression has neither an offset nor a penalty per column, which prior centres and year effects
need; tests hold this to its coefficients where both can fit.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
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


def fit(design: Array, outcome: Array, centre: Array, precision: Array) -> Fit:
    """Newton's method on the penalised likelihood: normal priors with `centre` and `precision` (inverse variance)."""
    beta = centre.copy()
    for _ in range(STEPS):
        p = chance(design @ beta)
        gradient = design.T @ (p - outcome) + precision * (beta - centre)
        hessian = (design * (p * (1 - p))[:, None]).T @ design + np.diag(precision)
        step = np.linalg.solve(hessian, gradient)
        beta = beta - step
        if np.abs(step).max() < TOLERANCE:
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
