"""秒回 Miaohui: the customer-service house of a marketplace merchant."""

__version__ = "0.1.0"
