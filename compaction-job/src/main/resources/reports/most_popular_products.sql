-- Products ordered by customers who visited the site that day from the country with the most distinct users.
-- column prod_id bigint
-- column country string
-- key prod_id
WITH visits AS (
  SELECT DISTINCT w.country, c.customer_id
  FROM weblogs w
  JOIN customers c ON c.user_name = w.user_name
  WHERE w.log_date = session.business_date AND w.country IS NOT NULL
),
top_country AS (
  SELECT country
  FROM visits
  GROUP BY country
  ORDER BY count(*) DESC, country
  LIMIT 1
)
SELECT DISTINCT o.prod_id, v.country
FROM visits v
JOIN top_country t ON t.country = v.country
JOIN orders o ON o.customer_id = v.customer_id
ORDER BY prod_id
