"""HTTP and WebSocket: requests in, answers out. Reads views, writes events through the pipelines,
and is the only place that knows status codes."""
