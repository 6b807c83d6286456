"""The command line: options, what is printed where, exit status."""
