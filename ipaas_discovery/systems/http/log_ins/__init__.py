"""FETCH: how requests are signed: fixed headers, tokens issued by a log-in."""
