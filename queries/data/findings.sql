-- One row per contradiction between sources that is on record by the day $as_of: an id that stays the same, the state or
-- organization, its kind, what contradicts what, and the sources. They are listed, not resolved.
with profile as (
    select *, left(last_use, 4)::integer as used_in from munitions_profile where date <= $as_of::date
),
-- that a state has used the weapon at some time says nothing about the time after a pledge: here only use that a source
-- dates, or calls recent, counts
recent_use as (
    select iso3, max(coalesce(used_in, year)) as year, arg_max(source_id, coalesce(used_in, year)) as source_id
    from profile where value = 'yes' and (attribute = 'used_recent' or (attribute = 'used' and used_in is not null))
    group by iso3
),
ever_used as (
    select iso3, max(year) as year, arg_max(source_id, year) as source_id
    from profile where value = 'yes' and attribute in ('used', 'used_recent') group by iso3
),
acts as (
    select * from acts_at($as_of::date)
),
support as (
    select iso3, max(date) as date, arg_max(source_id, date) as source_id, arg_max(summary, date) as summary
    from acts where scope = 'unilateral' and stance = 'supports_norm' group by iso3
),
steps as (
    select
        iso3, attribute, value, year, source_id,
        lag(value) over earlier as value_before, lag(year) over earlier as year_before,
        lag(source_id) over earlier as source_before
    from profile
    window earlier as (partition by iso3, attribute order by year)
),
counted as (
    -- the note is of today: on a day before somebody joined it cannot be compared
    select m.org, count(*)::integer as members from memberships as m
    group by m.org having count(*) filter (where m.since > $as_of::date) = 0
),
found as (
    select
        'declared-and-used/' || s.iso3 as id, s.iso3 as subject, 'Declared against the weapon, and use on record' as kind,
        format('{} ({}); use by the state is on record in a source of {}', s.summary, year(s.date), u.year) as said,
        [s.source_id, u.source_id] as source_ids
    from support as s join ever_used as u using (iso3)
    union all
    select
        'pledge-then-use/' || a.iso3 || '/' || a.date || '/' || u.year, a.iso3, 'Pledge, after which use is documented',
        format('{} ({}); recent use on record as of {}', a.summary, year(a.date), u.year), [a.source_id, u.source_id]
    from acts as a join recent_use as u on u.iso3 = a.iso3 and u.year >= year(a.date)
    where a.scope = 'unilateral' and a.stance in ('supports_norm', 'intends_to_join')
    qualify row_number() over (partition by a.iso3 order by a.date desc) = 1
    union all
    select
        'turned/' || iso3 || '/' || attribute || '/' || year, iso3,
        'Sources differ on ' || replace(attribute, '_', ' '),
        format('{} as of {}, {} as of {}', value_before, year_before, value, year), [source_before, source_id]
    from steps
    where (value_before in ('yes', 'no') and value in ('yes', 'no') and value <> value_before)
        or (value_before = 'former' and value = 'no') or (value_before = 'yes' and value = 'no')
    union all
    select
        'members/' || o.code, o.code, 'Members and the list of organizations differ',
        format('{}: the note says {} members, {} are listed', o.name, stated, c.members), [o.source_id]
    from (
        select *, try_cast(regexp_extract(note, '([0-9]+) (members|remain)', 1) as integer) as stated from organizations
    ) as o join counted as c on c.org = o.code
    where stated is not null and stated <> c.members
)
select f.id, f.subject, coalesce(s.name_short, f.subject) as name, f.kind, f.said, list_distinct(f.source_ids) as source_ids
from found as f left join states as s on s.iso3 = f.subject order by f.kind, name, f.id
