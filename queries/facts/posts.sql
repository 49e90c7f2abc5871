-- One row per post that one source shows: an embassy of the sender in the host, one accredited to it from its seat, or the
-- sender's mission in Geneva. It counts from the last day of the date its source gives. Only posts a source shows are
-- rows; a missing row is not proof of absence.
create table posts as
select
    sender, host, kind, city, seat, phone, email, website, present::boolean as present, note, source_id,
    case length(as_of)
        when 4 then make_date(as_of::integer, 12, 31)
        when 7 then last_day((as_of || '-01')::date)
        when 10 then as_of::date
    end as date
from raw_posts
