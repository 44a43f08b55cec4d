-- Joins samples with the features that were used at serving time, by trace id, in the order of time. `samples` is the stream that
-- Samples.java makes.

INSERT INTO training
SELECT ts, samples.trace_id, label, user_clicks, item_rate, group_share, affinity, log_price, history.`position`
FROM samples JOIN history FOR SYSTEM_TIME AS OF samples.now ON samples.trace_id = history.trace_id
ORDER BY rowtime;
