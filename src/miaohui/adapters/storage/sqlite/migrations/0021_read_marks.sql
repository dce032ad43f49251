-- Up to which seq of its shop each side of a chat has read it. chat: the id of the chat, which names
-- nobody.
CREATE TABLE read_mark (
    chat TEXT PRIMARY KEY,
    buyer INTEGER NOT NULL,
    agent INTEGER NOT NULL
) STRICT;
