"""The models: one folder per model, rules that read as biology, every number in its ledger."""
