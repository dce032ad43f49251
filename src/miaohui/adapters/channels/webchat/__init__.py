"""The merchant's own site as a channel: buyers come to a page of the house, without an account."""
