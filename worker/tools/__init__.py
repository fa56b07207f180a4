"""Operator commands, each a plain function that the command line calls; the only users of kafka-python.

- `topics`: create and check the topics of `schemas/topics/`
- `publish`: articles from files to the topic; `tail`: follow alerts
- `dead_letters`: list, show and replay messages that were put aside
- `embedded`: a broker in a child process, for the demo and for tests
- `clients`: how all of these reach the brokers
"""
