-- One row per state of the snapshot: all its attributes, whether it is small and unaffected, whether it matches
-- the filter. Small and unaffected: neither producer, nor stockpiler, nor contaminated (now), and below the
-- population limit; unknown where an attribute has no source or no clear answer (DESIGN section 3).
select
    *,
    case
        when 'yes' in (producer, stockpiler, contaminated) or population >= $population_limit then 'no'
        when population is not null
            and producer in ('no', 'former') and stockpiler in ('no', 'former') and contaminated in ('no', 'former')
            then 'yes'
        else 'unknown'
    end as small_unaffected,
    (
        len($categories::varchar[]) = 0
        or ($match = 'any' and list_has_any(categories, $categories::varchar[]))
        or ($match = 'all' and list_has_all(categories, $categories::varchar[]))
    )
    and not list_has_any(categories, $without::varchar[])
    and (len($statuses::varchar[]) = 0 or list_contains($statuses::varchar[], status))
    and (len($groups::varchar[]) = 0 or coalesce(list_contains($groups::varchar[], un_group), false))
    and (len($regions::varchar[]) = 0 or list_contains($regions::varchar[], region))
    and (len($orgs::varchar[]) = 0 or list_has_any(organizations, $orgs::varchar[]))
    and (len($producer::varchar[]) = 0 or coalesce(list_contains($producer::varchar[], producer), false))
    and (len($stockpiler::varchar[]) = 0 or coalesce(list_contains($stockpiler::varchar[], stockpiler), false))
    and (len($contaminated::varchar[]) = 0 or coalesce(list_contains($contaminated::varchar[], contaminated), false))
    and (not $unaffected or small_unaffected = 'yes')
    and (
        $text = ''
        or contains(strip_accents(lower(name)), strip_accents(lower($text)))
        or contains(strip_accents(lower(name_short)), strip_accents(lower($text)))
        or iso3 = upper($text)
    ) as matches
from snapshot
order by name_short
