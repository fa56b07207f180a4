"""Trucewatch: news articles in, alerts out when an attack follows an announced ceasefire.

The map of the package, in the order in which an article passes through it:

- `article`        Article: what came in
- `event`          StrikeEvent, DiplomacyEvent and their parts: what an article says happened
- `alert`          Alert: what goes out
- `lexicon`        what the extractor knows: actors, conflicts, weapons, sites, places, cues (`lexicon/data/`)
- `extraction`     ARTICLE -> EVENTS, pure: `extract_many(articles, lexicon, parser)`
- `correlation`    EVENTS -> ALERTS, pure, event time only: `advance(state, event, policy)`
- `wire`           BYTES <-> DOMAIN, pure: decode_, encode_, dead letters, headers
- `wording`        how events and alerts are put into words
- `rows`           the same as rows of a table: label and text
- `settings`       every deployment setting, one frozen value read once from the environment
- `variables`      what the text of such a setting means
- `streaming`      the shell on faust: agents, partitions, durable sends, dead letters
- `observability`  logs, metrics, health: one catalogue, one canonical line per message
- `tools`          operator commands on kafka-python: topics, publish, tail, dead letters, the embedded broker
- `offline`        the whole pipeline without Kafka: replay
- `reading`        articles from files, for the commands
- `demo`           broker, worker, sample stream and a page, in one command
- `samples`        the sample stream, and the alerts it should give
- `cli`            the command `trucewatch`: parses arguments, calls one thing
- `commands`       one function a command, each gives an exit code
- `terminal`       what people see of events and alerts, with colour where it is a terminal
- `exits`          exit codes of the commands
"""
