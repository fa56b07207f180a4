"""How a worker is watched: `metrics` (the catalogue), `logging`, `health`, and the `endpoint` that serves them."""
