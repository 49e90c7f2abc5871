"""Whom to call next, why, and how good that advice is: priority, likelihood, evaluation, actions, gauge."""
