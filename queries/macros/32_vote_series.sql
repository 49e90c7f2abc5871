-- One row per state and session by the day: its entry that counts, its latest recorded vote before, and whether the two
-- differ (absence is no information, not a change).
create macro vote_series_at(as_of) as table
select
    *, coalesce(vote <> 'absent' and previous <> vote, false) as changed
from (
    select
        *,
        last_value(case when vote <> 'absent' then vote end ignore nulls) over (
            partition by iso3 order by session rows between unbounded preceding and 1 preceding
        ) as previous
    from deciding_votes_at(as_of)
)
