-- One row: the last day on which any fact of a snapshot begins to count (macros/70_snapshot.sql). A snapshot of a later day
-- differs from that day's in its date alone.
select max(day) as last_day
from (
    select greatest(max(date), max(effective_date)) as day from treaty_actions
    union all select max(vote_date) from unga_votes
    union all select max(date) from commitments
    union all select max(date) from munitions_profile
    union all select max(since) from memberships
    union all select max(date) from posts
    union all select max(start_date) from outreach_events
    union all select max(exists_from) from states
    union all select greatest(max(since), max(until)) from least_developed_countries
)
