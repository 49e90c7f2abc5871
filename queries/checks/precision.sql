-- One row per date that is more exact than its precision says: unknown parts are written 01.
with dates as (
    select file, line, 'date' as "column", date as value, "precision" from raw_treaty_actions
    union all
    select file, line, 'date', date, "precision" from raw_commitments
    union all
    select file, line, 'since', since, "precision" from raw_memberships
    union all
    select file, line, unnest(['start_date', 'end_date']), unnest([start_date, end_date]), "precision" from raw_meetings
    union all
    select file, line, unnest(['start_date', 'end_date']), unnest([start_date, end_date]), "precision"
    from raw_outreach_events
),
written as (
    select
        *,
        case "precision"
            when 'year' then date_trunc('year', try_cast(value as date))
            when 'month' then date_trunc('month', try_cast(value as date))
        end::date as expected
    from dates
)
select
    file, line, "column",
    format('{} has precision {}, so it must be written {}', value, "precision", expected) as message
from written
where try_cast(value as date) <> expected
