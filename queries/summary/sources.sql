-- One row per source of the facts.
select source_id, case when provisional then 'Provisional: ' when correction then 'Correction: ' else '' end || title as title, publisher, url, source_date, note, provisional, change from sources order by source_id
