"""Reading articles: files to text, labelled blocks and metadata."""
