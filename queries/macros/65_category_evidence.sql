-- One row per target category and state that meets it on the day: since when (`day`, as exact as `precision`), what shows
-- it in words, and the sources. Only states that are not parties have any (DESIGN section 3). Its codes are those
-- of the vocabulary Category, `place` their order; to add a category, add its code there and its rows here.
create macro category_evidence_at(as_of) as table
with targets as (
    select * from status_at(as_of) where status <> 'state_party'
),
evidence as (
    select
        1 as place, iso3, 'first_committee_yes' as category, v.vote_date as day, 'day' as precision,
        format(
            'Yes ({}, session {}, {})',
            case v.stage when 'first_committee' then 'First Committee' else 'Plenary' end, v.session, day_words(v.vote_date, 'day')
        ) as words,
        [v.source_id] as source_ids
    from latest_vote_at(as_of) as v
    where v.vote = 'yes'
    union all
    select
        2, iso3, 'mine_ban_party', joining.date, joining.precision,
        joining.action || ' ' || day_words(joining.date, joining.precision), [joining.source_id]
    from treaty_status_at(as_of)
    where treaty = 'APMBC' and is_party
    union all
    select
        3, iso3, 'signatory', signature_date, 'day', 'signed ' || day_words(signature_date, 'day'), [signature_source_id]
    from status_at(as_of)
    where status = 'signatory'
    union all
    select
        4, iso3, 'declared_support', support_acts[1].date, support_acts[1].precision,
        day_words(support_acts[1].date, support_acts[1].precision) || ': ' || support_acts[1].summary
            || case when len(support_acts) > 1 then format(' (and {} more)', len(support_acts) - 1) else '' end,
        [support_acts[1].source_id]
    from act_summary_at(as_of)
    where len(support_acts) > 0
)
select evidence.* from evidence semi join targets using (iso3)
