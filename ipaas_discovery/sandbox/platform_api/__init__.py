"""iPaaS.com's side of the sandbox, part by part: log-in, endpoints, queries, errors, API documents."""
