"""What others publish, as proposed facts: each importer is a pure function from bytes to `Parsed`."""
