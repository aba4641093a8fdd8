"""FETCH: log-ins and signing: fixed headers, and tokens issued by a log-in."""
