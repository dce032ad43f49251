"""The buyer and agent model: believable shop traffic, seeded.

In come settings (every share and shape as data), a shop, local days and its own chance; out
come events in time order (`play.play_shop`) or the same traffic as columns
(`columns.columns_of_shop`). `plan.plan` sizes the shops of a log. The pieces stand alone for
the simulator and the planning twin: arrivals, buyers, agents, bots, words.
"""
