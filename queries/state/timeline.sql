-- One row per dated fact about the state $iso3 by the day $as_of, latest first, with its source.
select date, precision, kind, what, detail, source_id
from (
    select
        date, precision, 'treaty' as kind, treaty || ': ' || action as what,
        case when effective_date is not null then 'effective ' || effective_date::varchar end as detail, source_id
    from treaty_actions where iso3 = $iso3
    union all
    select vote_date, 'day', 'vote', vote, stage || ', session ' || session || ', ' || resolution, source_id
    from unga_votes where iso3 = $iso3
    union all
    select
        date, precision, kind, summary,
        concat_ws('; ', case when promise_due is not null then 'promised by ' || promise_due::varchar end, stage), source_id
    from commitments where iso3 = $iso3
    union all
    select e.start_date, e.precision, 'outreach', e.title, s.role || coalesce(', ' || e.place, ''), s.source_id
    from outreach_event_states as s join outreach_events as e using (event_id) where s.iso3 = $iso3
)
where date <= $as_of::date
order by date desc, kind, what
