-- Orders of each customer that came from a lead.
-- column customer_id bigint
-- column total_leads bigint
-- key customer_id
SELECT customer_id, count(*) AS total_leads
FROM orders
WHERE is_lead_sale AND crm_lead_id IS NOT NULL
GROUP BY customer_id
ORDER BY customer_id
