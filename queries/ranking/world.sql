-- One row per state, ordered by ISO code: region, subregion, the day from which it exists where that is later than 1994, and
-- its memberships of organizations, each with the day from which it is known (null: counted on every day).
select
    s.iso3, s.region, s.subregion, s.exists_from,
    coalesce(list(struct_pack(
        org := m.org,
        known_on := case m.precision when 'year' then make_date(year(m.since), 12, 31)
            when 'month' then last_day(m.since) else m.since end
    ) order by m.org) filter (where m.org is not null), []) as memberships
from states as s left join memberships as m using (iso3)
group by all order by s.iso3
