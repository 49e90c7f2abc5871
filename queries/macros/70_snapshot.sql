-- One row per state that exists on the day, ordered by ISO code: every attribute as known on it, with its source ids.
-- The four target categories hold for states that are not parties only (DESIGN section 3).
create macro snapshot_at(as_of) as table
with mine_ban as (
    select * from treaty_status_at(as_of) where treaty = 'APMBC'
),
evidence as (
    select iso3, list(struct_pack(category, day, precision, words, source_ids) order by place) as evidence
    from category_evidence_at(as_of) group by iso3
),
news as (select coalesce(list(source_id), []) as ids from sources where provisional)
select
    as_of::date as as_of,
    s.iso3, s.iso2, s.name, s.name_short, s.exists_from, s.un_member, s.un_group, s.region, s.subregion, s.intermediate_region,
    s.label_lon, s.label_lat, s.area_km2, s.population, s.population_year, s.sids, coalesce(ldc.ldc, false) as ldc, s.landlocked,
    s.source_id as identity_source_id, s.un_group_source_id, coalesce(ldc.source_id, s.ldc_source_id) as ldc_source_id, s.area_source_id,
    s.population_source_id, s.label_source_id, s.exists_source_id,
    st.* exclude (iso3),
    st.status <> 'state_party' as is_target,
    coalesce(e.evidence, []) as evidence,
    list_transform(coalesce(e.evidence, []), lambda one: one.category) as categories,
    len(categories)::integer as category_count,
    v.vote, v.session as vote_session, v.stage as vote_stage, v.vote_date, v.resolution as vote_resolution,
    v.source_id as vote_source_id,
    mine_ban.joining.date as mine_ban_joined_date, mine_ban.joining.precision as mine_ban_joined_precision,
    mine_ban.joining.action as mine_ban_joined_by,
    mine_ban.withdrawal.effective_date as mine_ban_withdrawal_effective_date,
    coalesce(mine_ban.withdrawal.source_id, mine_ban.joining.source_id, mine_ban.signature.source_id) as mine_ban_source_id,
    coalesce(a.support_acts, []) as support_acts,
    a.last_act_date, a.last_act_precision, a.last_attendance_date, coalesce(a.attendances, 0) as attendances,
    a.highest_stage.stage as stage, a.highest_stage.date as stage_date,
    a.highest_stage.precision as stage_precision, a.highest_stage.source_id as stage_source_id,
    a.latest_promise.date as promise_date, a.latest_promise.precision as promise_precision,
    a.latest_promise.promise_due as promise_due,
    a.latest_promise.summary as promise_summary, a.latest_promise.source_id as promise_source_id,
    a.latest_stance.stance as stance, a.latest_stance.date as stance_date,
    a.latest_stance.precision as stance_precision, a.latest_stance.source_id as stance_source_id,
    list_transform(coalesce(a.obstacles, []), lambda one: one.code) as obstacles,
    coalesce(a.obstacles, []) as obstacles_named,
    m.producer.value as producer, m.producer.year as producer_year, m.producer.source_id as producer_source_id,
    m.stockpiler.value as stockpiler, m.stockpiler.year as stockpiler_year,
    m.stockpiler.source_id as stockpiler_source_id,
    m.contaminated.value as contaminated, m.contaminated.year as contaminated_year,
    m.contaminated.source_id as contaminated_source_id,
    m.used.value as used, m.used.year as used_year, m.used.source_id as used_source_id, m.used.last_use as last_use,
    m.used_recent.value as used_recent, m.used_recent.year as used_recent_year,
    m.used_recent.source_id as used_recent_source_id,
    m.transferred.value as transferred, m.transferred.year as transferred_year,
    m.transferred.source_id as transferred_source_id,
    coalesce(o.organizations, []) as organizations,
    coalesce(o.organization_source_ids, []) as organization_source_ids,
    coalesce(t.treaties_joined, []) as treaties_joined, coalesce(t.treaties_source_ids, []) as treaties_source_ids,
    coalesce(p.posts, []) as posts,
    coalesce(r.outreach_events, 0) as outreach_events, r.last_outreach.date as last_outreach_date,
    r.last_outreach.title as last_outreach_title, r.last_outreach.source_id as last_outreach_source_id,
    -- the sources of this row that are news nobody confirmed yet: what cites one is marked as provisional
    list_sort(list_intersect(news.ids, list_concat(
        status_source_ids, list_distinct(flatten(list_transform(coalesce(e.evidence, []), lambda one: one.source_ids))),
        [v.source_id, mine_ban_source_id, stage_source_id, promise_source_id, stance_source_id],
        coalesce(t.treaties_source_ids, []), list_transform(support_acts, lambda one: one.source_id),
        list_transform(obstacles_named, lambda one: one.source_id), list_transform(coalesce(p.posts, []), lambda one: one.source_id)
    ))) as provisional_source_ids
from news, states as s
join status_at(as_of) as st using (iso3)
left join evidence as e using (iso3)
left join latest_vote_at(as_of) as v using (iso3)
left join mine_ban using (iso3)
left join act_summary_at(as_of) as a using (iso3)
left join munitions_at(as_of) as m using (iso3)
left join memberships_at(as_of) as o using (iso3)
left join other_treaties_at(as_of) as t using (iso3)
left join posts_at(as_of) as p using (iso3)
left join outreach_at(as_of) as r using (iso3)
left join ldc_at(as_of) as ldc using (iso3)
order by s.iso3
