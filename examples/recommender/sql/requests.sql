-- Joins exposures with the features that were used at serving time, by trace id, in the order of time.

CREATE VIEW asked AS SELECT ts, trace_id, user_id, rowtime, PROCTIME() AS now FROM clean_exposures;

INSERT INTO requests
SELECT ts, asked.trace_id, user_id, user_clicks, item_rate, group_share, affinity, log_price, history.`position`
FROM asked JOIN history FOR SYSTEM_TIME AS OF asked.now ON asked.trace_id = history.trace_id
ORDER BY rowtime;
