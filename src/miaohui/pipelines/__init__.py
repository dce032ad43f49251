"""The rivers: where domain and ports meet. Thin; no concrete adapter is known here."""
