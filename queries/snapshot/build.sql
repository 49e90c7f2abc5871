-- One row per state: the snapshot of the day $as_of (columns in macros/70_snapshot.sql).
select * from snapshot_at($as_of::date)
