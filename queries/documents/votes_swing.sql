-- One row per swing state by the day: one whose vote in the roll calls that count changed at least once, with how often,
-- how it voted, its latest vote and since when it votes so. Most changes first.
with votes as (
    select iso3, session, year, stage, vote, source_id, lag(vote) over (partition by iso3 order by session) as previous
    from deciding_votes_at($as_of::date) where vote <> 'absent'
)
select
    s.iso3, s.name_short, snapshot.status,
    count(*) filter (where v.previous <> v.vote)::integer as changes,
    count(*) filter (where v.vote = 'yes')::integer as yes,
    count(*) filter (where v.vote = 'abstain')::integer as abstain,
    count(*) filter (where v.vote = 'no')::integer as no,
    arg_max(v.vote, v.session) as latest,
    max(v.year) filter (where v.previous <> v.vote) as since_year,
    list(distinct v.source_id order by v.source_id) as source_ids
from votes as v join states as s using (iso3) join snapshot using (iso3)
group by s.iso3, s.name_short, snapshot.status
having changes > 0
order by changes desc, since_year desc, s.name_short
