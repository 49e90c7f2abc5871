-- One row per date that lies before the date of its row that it must not precede.
with pairs as (
    select file, line, 'effective_date' as "column", effective_date as later, 'date' as first, date as earlier
    from raw_treaty_actions
    union all
    select file, line, 'promise_due', promise_due, 'date', date from raw_commitments
    union all
    select file, line, 'end_date', end_date, 'start_date', start_date from raw_meetings
    union all
    select file, line, 'end_date', end_date, 'start_date', start_date from raw_outreach_events
    union all
    select
        'horizons.csv', line, 'single_entries_through', single_entries_through,
        'known_complete_through', known_complete_through
    from raw_horizons
)
select file, line, "column", format('{} is before {} {}', later, first, earlier) as message
from pairs
where try_cast(later as date) < try_cast(earlier as date)
