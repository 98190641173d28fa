"""/balancer: load balancers and who is behind them."""
