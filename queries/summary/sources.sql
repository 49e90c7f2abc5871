-- One row per source of the facts.
select source_id, title, publisher, url, source_date, note, provisional, change from sources order by source_id
