-- One row per source. date_from and date_to bound its date when only a month or a year is known.
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
    end as date_to
from raw_sources
