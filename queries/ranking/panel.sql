-- One row per treaty, anchor day and state outside the treaty on it: what was known on that day, and whether the
-- state deposited an instrument before the next anchor (null on $as_of itself). Anchors are $as_of and its
-- anniversaries back to the treaty's first four weeks. A fact dated to a month or a year is known from its end only.
-- How long a state took to ratify is read from the treaties of $paced alone. The first of $treaties is the one asked
-- about: membership of the Mine Ban Convention is read for it alone, votes on the Convention's resolution for it alone too.
with known as (
    select treaty, iso3, action, joins, effective_date, date,
        case precision when 'year' then make_date(year(date), 12, 31) when 'month' then last_day(date) else date end as known_on
    from treaty_actions
),
opened as (
    select treaty, min(date) as opened from treaty_actions where list_contains($treaties::varchar[], treaty) group by treaty
),
days as (
    select ($as_of::date - to_years(k::integer))::date as anchor, ($as_of::date - to_years(k::integer - 1))::date as until
    from range(0, 60) as r(k)
),
anchors as (
    select o.treaty, d.anchor, d.until, date_diff('day', o.opened, d.anchor) / 365.25 as age
    from opened as o join days as d on d.anchor >= o.opened + interval 28 day
),
standing as (
    select d.anchor, k.treaty, k.iso3,
        min(k.date) filter (where k.action = 'signature') as signed,
        max(k.date) filter (where k.joins) as joined,
        max(k.effective_date) filter (where k.action = 'withdrawal' and k.effective_date <= d.anchor) as left_on,
        joined is not null and not coalesce(left_on > joined, false) as party
    from (select distinct anchor from anchors) as d join known as k on k.known_on <= d.anchor
    group by all
),
ldc as (  -- coming and leaving are known from the end of what their dates name
    select a.anchor, p.iso3
    from (select distinct anchor from anchors) as a join least_developed_countries as p
        on case p.precision when 'year' then make_date(year(p.since), 12, 31) when 'month' then last_day(p.since)
            else p.since end <= a.anchor
        and not coalesce(case p.until_precision when 'year' then make_date(year(p.until), 12, 31)
            when 'month' then last_day(p.until) else p.until end <= a.anchor, false)
    group by all
),
status as (
    select a.*, s.iso3, s.region, s.subregion, s.population, s.sids, l.iso3 is not null as ldc, s.landlocked,
        coalesce(t.party, false) as party,
        case when t.left_on is null then t.signed end as signed, t.left_on is not null as withdrawn
    from anchors as a cross join states as s
    left join standing as t on t.anchor = a.anchor and t.treaty = a.treaty and t.iso3 = s.iso3
    left join ldc as l on l.anchor = a.anchor and l.iso3 = s.iso3
    where s.exists_from is null or s.exists_from <= a.anchor
),
peers as (
    select treaty, anchor, region, subregion, sum(party::integer) as parties, count(*) as size
    from status group by grouping sets ((treaty, anchor, region), (treaty, anchor, subregion))
),
joiners as (
    select distinct a.treaty, a.anchor, k.iso3
    from anchors as a join known as k
        on k.treaty = a.treaty and k.joins and k.date > a.anchor and k.date <= a.until and k.known_on <= $as_of::date
),
tempo as (
    select a.treaty, a.anchor, t.iso3,
        coalesce(bool_or(t.party) filter (where t.treaty = 'APMBC'), false) as mine_ban,
        sum(date_diff('day', t.signed, t.joined)) filter (where t.joined >= t.signed)  -- whole days: one sum in any order
            / count(*) filter (where t.joined >= t.signed) / 365.25 as years_to_ratify
    from anchors as a join standing as t on t.anchor = a.anchor and t.treaty <> a.treaty
        and list_contains($paced::varchar[], t.treaty)
    group by all
),
deciding as (
    select a.anchor, v.iso3, v.session, v.vote
    from anchors as a join unga_votes as v on v.vote_date <= a.anchor where a.treaty = 'CCM'
    qualify row_number() over (partition by a.anchor, v.session, v.iso3 order by v.precedence) = 1
),
votes as (
    select anchor, iso3, arg_max(vote, session) as vote from deciding where vote <> 'absent' group by all
),
blocs as (
    select a.anchor, m.iso3, bool_or(list_contains($blocs::varchar[], m.org)) as bloc
    from (select distinct anchor from anchors) as a join memberships as m
        on m.since is null or (case m.precision when 'year' then make_date(year(m.since), 12, 31)
            when 'month' then last_day(m.since) else m.since end) <= a.anchor
    group by all
)
select
    r.treaty, r.anchor, r.age, r.iso3,
    case when r.anchor < $as_of::date then j.iso3 is not null end as joined,
    r.signed, r.withdrawn, r.population, r.sids, r.ldc, r.landlocked,
    (near.parties / (near.size - 1) + far.parties / (far.size - 1)) / 2 as peer_share,
    coalesce(b.bloc, false) as bloc, t.years_to_ratify,
    case when r.treaty = list_first($treaties::varchar[]) then coalesce(t.mine_ban, false) end as mine_ban,
    case when r.treaty = 'CCM' then v.vote end as vote
from status as r
join peers as near on near.treaty = r.treaty and near.anchor = r.anchor and near.subregion = r.subregion
join peers as far on far.treaty = r.treaty and far.anchor = r.anchor and far.region = r.region
left join joiners as j on j.treaty = r.treaty and j.anchor = r.anchor and j.iso3 = r.iso3
left join tempo as t on t.treaty = r.treaty and t.anchor = r.anchor and t.iso3 = r.iso3
left join votes as v on v.anchor = r.anchor and v.iso3 = r.iso3
left join blocs as b on b.anchor = r.anchor and b.iso3 = r.iso3
where not r.party
order by r.treaty, r.anchor, r.iso3
