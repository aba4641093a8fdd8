"""The worksheet in other forms: xlsx, Markdown, HTML, the platform's Supported Features."""
