-- One row per change of a state's vote after $since and through $as_of: against its latest recorded vote before, in the
-- roll call that counts for each session (absence is no information, not a change).
with votes as (
    select
        iso3, session, year, stage, vote_date, vote, source_id,
        lag(vote) over mine as previous, lag(year) over mine as previous_year
    from deciding_votes_at($as_of::date) where vote <> 'absent'
    window mine as (partition by iso3 order by session)
)
select v.*, s.name_short
from votes as v join states as s using (iso3)
where v.previous <> v.vote and v.vote_date > $since::date
order by v.vote_date desc, s.name_short
