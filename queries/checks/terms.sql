-- One row per term of office that ends with a meeting held before the one it begins with.
select
    term.file, term.line, 'to_meeting' as "column",
    format('{} ({}) is before {} ({})', closes.code, closes.start_date, opens.code, opens.start_date) as message
from raw_coordinators term
join raw_meetings opens on opens.code = term.from_meeting
join raw_meetings closes on closes.code = term.to_meeting
where try_cast(closes.start_date as date) < try_cast(opens.start_date as date)
