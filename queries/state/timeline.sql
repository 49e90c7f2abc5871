-- One row per dated fact about a state of $iso3s by the day $as_of, latest first, with its source.
select iso3, date, precision, kind, what, detail, source_id
from (
    select
        iso3, date, precision, 'treaty' as kind, treaty || ': ' || action as what,
        case when effective_date is not null then 'effective ' || effective_date::varchar end as detail, source_id
    from treaty_actions
    union all
    select iso3, vote_date, 'day', 'vote', vote, stage || ', session ' || session || ', ' || resolution, source_id
    from unga_votes
    union all
    select
        iso3, date, precision, kind, summary,
        concat_ws('; ', case when promise_due is not null then 'promised by ' || promise_due::varchar end, stage), source_id
    from commitments
    union all
    select s.iso3, e.start_date, e.precision, 'outreach', e.title, s.role || coalesce(', ' || e.place, ''), s.source_id
    from outreach_event_states as s join outreach_events as e using (event_id)
)
where list_contains($iso3s::varchar[], iso3) and date <= $as_of::date
order by iso3, date desc, kind, what
