-- One row per source. date_from and date_to bound its date when only a month or a year is known. `provisional`: it is news
-- that nobody confirmed yet, so that all that cites it is provisional; `correction`: somebody corrected the facts by it.
-- `change`: which change brought it in, if any.
create table sources as
select
    source_id, title, publisher, url, source_date, note,
    case length(source_date)
        when 4 then make_date(source_date::integer, 1, 1)
        when 7 then (source_date || '-01')::date
        when 10 then source_date::date
    end as date_from,
    case length(source_date)
        when 4 then make_date(source_date::integer, 12, 31)
        when 7 then last_day((source_date || '-01')::date)
        when 10 then source_date::date
    end as date_to,
    coalesce(f.floor = 'provisional', false) as provisional, coalesce(f.floor = 'corrected', false) as correction,
    f.seq as change
from raw_sources as s left join floors as f on f.file = s.file and f.line = s.line
