"""Training the extractor: corpora, labels, the loop, the model card."""
