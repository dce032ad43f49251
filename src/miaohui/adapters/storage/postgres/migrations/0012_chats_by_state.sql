-- Lists of what waits, is snoozed or closed, newest first.
CREATE INDEX chat_by_state ON chat (shop, state, last_at, id);
