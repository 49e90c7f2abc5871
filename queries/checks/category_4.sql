-- One row per act that counts for category 4 against the rule of README_commitments.md.
select
    file, line, 'counts_for_category_4' as "column",
    format(
        'true, but a {} {} with stance {} cannot count: possible are a unilateral declaration '
        || 'with stance supports_norm, a voluntary_report and an interim_step',
        scope, kind, stance
    ) as message
from raw_commitments
where counts_for_category_4 = 'true'
    and (
        scope <> 'unilateral'
        or stance = 'declines'
        or kind not in ('declaration', 'voluntary_report', 'interim_step')
        or (kind = 'declaration' and stance <> 'supports_norm')
    )
