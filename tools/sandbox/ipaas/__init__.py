"""The records as iPaaS.com has them."""
