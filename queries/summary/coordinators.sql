-- One row per state that holds an office under the Convention on the day: from the end of the meeting that opens the term
-- to the end of the one that closes it.
select c.role, s.name_short, c.iso3, c.source_id
from coordinators as c
join meetings as first on first.code = c.from_meeting
left join meetings as last on last.code = c.to_meeting
join states as s on s.iso3 = c.iso3
where first.end_date <= $as_of::date and (last.end_date is null or last.end_date > $as_of::date)
order by c.role, s.name_short
