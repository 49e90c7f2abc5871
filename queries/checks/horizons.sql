-- One row per date later than its file's horizon: the day through which it is known complete or, if later, through
-- which it holds single entries. Days that may lie ahead (promise_due, effective_date) are free.
with dates as (
    select file, line, 'date' as "column", date as value from raw_treaty_actions
    union all
    select file, line, 'date', date from raw_commitments
    union all
    select file, line, 'vote_date', vote_date from raw_unga_votes
    union all
    select file, line, 'vote_date', vote_date from raw_unga_vote_totals
    union all
    select file, line, 'since', since from raw_memberships
    union all
    select file, line, unnest(['start_date', 'end_date']), unnest([start_date, end_date]) from raw_meetings
    union all
    select file, line, unnest(['start_date', 'end_date']), unnest([start_date, end_date]) from raw_outreach_events
    union all
    select file, line, 'as_of', as_of from raw_munitions_profile
    union all
    select file, line, 'as_of', as_of from raw_posts
    union all
    select file, line, unnest(['exists_from', 'population_year']), unnest([exists_from, population_year]) from raw_states
),
limits as (
    select
        file,
        max(greatest(try_cast(known_complete_through as date), try_cast(single_entries_through as date))) as horizon
    from raw_horizons group by file
)
select
    file, line, "column",
    format('{} is later than {}, the horizon of {} in horizons.csv', value, horizon, file) as message
from dates join limits using (file)
-- a year alone counts from its first day: it is known once it has begun
where try_cast(if(length(value) = 4, value || '-01-01', value) as date) > horizon
