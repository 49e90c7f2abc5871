-- One row per state and session by the day: its entry that counts, with the body that voted, and whether it differs from
-- the state's previous recorded vote, and whether it is news that nobody confirmed yet.
select v.*, s.name_short, src.provisional
from vote_series_at($as_of::date) as v join states as s using (iso3) join sources as src on src.source_id = v.source_id
order by s.name_short, v.session
