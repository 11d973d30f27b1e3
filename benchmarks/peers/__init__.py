"""Other rule engines on the same job, each used as its documentation shows."""
