"""What the commands do, each a function from parsed arguments to an exit code.

- `given`: what they all were given: articles, settings, files to write to, somebody to complain to
- `offline`: extract, replay, version
- `operations`: config, run, topics, publish, tail
- `letters`: dead-letters
"""
