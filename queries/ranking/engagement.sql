-- One row per state outside the Convention on $as_of: its vote trend, recent attendance, promises, peers, treaties.
with votes as (
    select iso3, vote, session, max(session) over () as last_session from deciding_votes_at($as_of::date) where vote <> 'absent'
),
trend as (
    select iso3,
        avg((vote = 'yes')::integer) filter (where session > last_session - 3) as yes_recent,
        avg((vote = 'yes')::integer) filter (where session <= last_session - 3) as yes_before
    from votes group by iso3
),
engaged as (
    select iso3,
        count(*) filter (where kind = 'observer' and date > $as_of::date - interval 3 year)::integer as attended_3y,
        count(*) filter (where kind <> 'observer' and date > $as_of::date - interval 3 year)::integer as spoke_3y,
        max(date) filter (where counts_for_category_4) as support_date
    from acts_at($as_of::date) group by iso3
),
standing as (
    select s.iso3, s.region, s.subregion, st.status = 'state_party' as party
    from states as s join status_at($as_of::date) as st using (iso3)
),
peers as (
    select r.iso3, avg(p.party::integer) as peer_share, count(*)::integer as peer_count
    from standing as r join standing as p on p.subregion = r.subregion and p.iso3 <> r.iso3 group by r.iso3
),
humanitarian as (
    select treaty from treaty_actions
    where date <= $as_of::date and list_contains($humanitarian::varchar[], treaty) group by treaty
),
joined as (
    select t.iso3, count(*)::integer as treaties from treaty_status_at($as_of::date) as t semi join humanitarian as h
        on t.treaty = h.treaty where t.is_party group by t.iso3
)
select
    r.iso3, trend.yes_recent, trend.yes_before, e.attended_3y, e.spoke_3y, e.support_date, peers.peer_share, peers.peer_count,
    coalesce(joined.treaties, 0) as treaties, (select count(*) from humanitarian)::integer as treaties_open
from standing as r
left join trend using (iso3) left join engaged as e using (iso3) left join peers using (iso3) left join joined using (iso3)
where not r.party order by r.iso3
