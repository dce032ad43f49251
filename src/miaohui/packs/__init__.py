"""The built-in rule packs: data, no code. One YAML file for each platform and range of dates.

In: what is known of a platform's rules, each number with its source and confidence. Out: read by
adapters.pack_files; docs/packs.md tells how to write one and how to extend one.
"""
