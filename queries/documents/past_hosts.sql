-- One row per state that hosted a regional workshop or meeting done (tables activities and parts, as far as the reading
-- goes): the latest one, its day and place.
select p.iso3, max(a.day) as day, arg_max(a.precision, a.day) as precision, arg_max(a.place, a.day) as place
from activities as a join parts as p using (id)
where a.status = 'done' and a.type in ('regional_workshop', 'regional_meeting') and p.role = 'host'
group by p.iso3
order by day desc, p.iso3
