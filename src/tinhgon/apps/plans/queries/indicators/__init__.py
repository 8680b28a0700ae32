"""K1, K2, C, C′ of any scope: what is counted, for which agencies, and the rows behind it."""
