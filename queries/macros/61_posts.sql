-- One row per state with recorded posts by the day: its own mission in Geneva, then the embassies in it, then those
-- accredited to it.
create macro posts_at(as_of) as table
select
    iso3,
    list(
        struct_pack(sender, host, kind, city, seat, phone, email, website, note, present, date, source_id)
        order by list_position(['mission', 'embassy', 'accredited'], kind), sender, city, source_id
    ) as posts
from (select *, if(kind = 'mission', sender, host) as iso3 from posts where date <= as_of)
group by iso3
