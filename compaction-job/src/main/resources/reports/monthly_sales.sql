-- Sales and profit of each month, newest first: what was quoted, and what remains of it after the products' unit prices.
-- column sale_year int
-- column sale_month int
-- column monthly_sales decimal(28,2)
-- column monthly_profit decimal(28,2)
-- key sale_year, sale_month
SELECT
  year(o.created_date) AS sale_year,
  month(o.created_date) AS sale_month,
  CAST(sum(o.prod_quote_price) AS decimal(28,2)) AS monthly_sales,
  -- A product that is not there (the expectations tell of it) has no unit price to take away.
  CAST(sum(o.prod_quote_price) - sum(coalesce(p.prod_unit_price, 0)) AS decimal(28,2)) AS monthly_profit
FROM orders o
LEFT JOIN products p ON p.prod_id = o.prod_id
GROUP BY sale_year, sale_month
ORDER BY sale_year DESC, sale_month DESC
