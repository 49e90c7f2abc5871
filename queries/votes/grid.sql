-- One row per state and session by the day: its entry that counts, with the body that voted, and whether it differs from
-- the state's previous recorded vote.
select v.*, s.name_short from vote_series_at($as_of::date) as v join states as s using (iso3)
order by s.name_short, v.session
