-- One row per date (role dated) later than its file's horizon: the day through which it is known complete or, if later,
-- through which it holds single entries. Days that may lie ahead have no such role.
with limits as (
    select
        file,
        max(greatest(try_cast(known_complete_through as date), try_cast(single_entries_through as date))) as horizon
    from raw_horizons group by file
)
select
    file, line, "column",
    format('{} is later than {}, the horizon of {} in horizons.csv', value, horizon, file) as message
from cells join limits using (file)
-- a year or a month alone counts from its first day: it is known once it has begun
where role = 'dated' and try_cast(left(value || '-01-01', 10) as date) > horizon
