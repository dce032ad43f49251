"""What each command does: options in, adapters and domain at work, sentences and files out."""
