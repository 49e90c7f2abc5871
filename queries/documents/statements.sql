-- One row per act of a state outside the Convention after $since and through $as_of, other than mere attendance.
select s.iso3, s.name_short, a.date, a.precision, a.kind, a.scope, a.stance, a.summary, a.counts_for_category_4, a.source_id
from acts_at($as_of::date) as a join states as s using (iso3)
where a.kind <> 'observer' and a.date > $since::date
order by a.date, s.name_short, a.summary
