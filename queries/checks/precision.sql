-- One row per date (role precise_by) that is more exact than its precision says: unknown parts are written 01.
with written as (
    select
        *,
        case other
            when 'year' then date_trunc('year', try_cast(value as date))
            when 'month' then date_trunc('month', try_cast(value as date))
        end::date as expected
    from cells where role = 'precise_by'
)
select
    file, line, "column",
    format('{} has precision {}, so it must be written {}', value, other, expected) as message
from written
where try_cast(value as date) <> expected
