"""The shell: articles to events and events to alerts over Kafka; the only user of Faust.

- `run`: a worker from start to exit code; `app`: the Faust app; `agents`: what is done with a batch
- `partition_state`: the fold that correlation's state is; `partitions`: building, keeping and dropping it
- `continuity`, `offsets`, `transport`: no message is stepped over, nothing is committed before it is done; `recovery`: a
  generation begins when it can
- `outbox`, `dead_letter`, `published`: what goes out; `log_reader`, `snapshots`, `cache`: where states come from
- `stopping`: exit codes, and how long a stop may take; `background`, `lag`: what runs beside the agents
- `record`, `topics`, `connection`, `engine`: small adapters
"""
