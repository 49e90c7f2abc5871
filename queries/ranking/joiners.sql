-- One row per state that deposited its instrument of the treaty after $as_of and by $until: state and day.
select iso3, min(date) as date from treaty_actions
where treaty = $treaty and joins and date > $as_of::date and date <= $until::date
group by iso3 order by iso3
