-- One row per state of $iso3s and session by the day: its entry in the roll call that counts.
select iso3, session, year, stage, vote_date, resolution, vote, source_id
from deciding_votes_at($as_of::date) where list_contains($iso3s::varchar[], iso3) order by iso3, session
