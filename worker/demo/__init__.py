"""The demo: an embedded broker, a worker, the sample stream, and the alerts as they come.

- `show`: the command itself, in the order of what one sees
- `stage`: broker, topics and worker, started and stopped
- `board`: the alerts seen; `page`, `server`: the page that shows them
"""
