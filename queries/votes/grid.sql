-- One row per state and session by the day: its entry in the roll call that counts, with the body that voted, and
-- whether it differs from the state's previous recorded vote (absence is no information, not a change).
with votes as (
    select
        iso3, session, year, stage, vote_date, resolution, vote, source_id,
        last_value(case when vote <> 'absent' then vote end ignore nulls) over (
            partition by iso3 order by session rows between unbounded preceding and 1 preceding
        ) as previous
    from deciding_votes_at($as_of::date)
)
select v.*, s.name_short, coalesce(v.vote <> 'absent' and v.previous <> v.vote, false) as changed
from votes as v join states as s using (iso3)
order by s.name_short, v.session
