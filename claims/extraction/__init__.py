"""Finding attributions: windows of whole paragraphs, the network, decoding, confidence."""
