"""FETCH: pages read until a collection ends or the plan is fulfilled."""
