-- One row per change of a state's vote after $since and through $as_of, against its latest recorded vote before.
select v.*, s.name_short
from vote_series_at($as_of::date) as v join states as s using (iso3)
where v.changed and v.vote_date > $since::date
order by v.vote_date desc, s.name_short
