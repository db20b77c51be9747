-- The five devices that most of the day's requests came from.
-- column device string
-- column total_devices bigint
-- key device
SELECT device, count(*) AS total_devices
FROM weblogs
WHERE log_date = session.business_date AND device IS NOT NULL
GROUP BY device
ORDER BY total_devices DESC, device
LIMIT 5
