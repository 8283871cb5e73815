-- Which promised service a matter applies for, by its name in the pack; null: none was chosen.
alter table matter add column service_item text;
