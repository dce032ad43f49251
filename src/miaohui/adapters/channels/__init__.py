"""Where chats come from and go to; the only room beside the packs that may name a platform."""
