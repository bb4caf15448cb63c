"""What the templates show: plain values, made from answers, states and a `Desk`; no I/O."""
