'use strict';
(() => {
  const charts = JSON.parse(document.getElementById('numbers').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const narrow = matchMedia('(max-width: 48rem)');
  const short = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });
  const drawn = [];

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const seriesColour = (i) => colour(`--series-${(i % 6) + 1}`);

  // Labels come from outside and may be of any length; the tooltip and the table have them whole.
  const cut = (text) => {
    const most = narrow.matches ? 13 : 28;
    const letters = Array.from(text);
    return letters.length > most ? letters.slice(0, most - 1).join('') + '…' : text;
  };

  const options = (chart) => {
    const across = chart.form === 'bars';
    const lines = chart.form === 'lines';
    const values = {
      beginAtZero: true,
      stacked: chart.form === 'columns',
      border: { display: false },
      grid: { color: colour('--line') },
      ticks: { color: colour('--quiet'), maxTicksLimit: 6, maxRotation: 0, callback: (v) => short.format(v) },
    };
    const names = {
      stacked: chart.form === 'columns',
      border: { color: colour('--line') },
      grid: { display: false },
      ticks: {
        color: across ? colour('--ink') : colour('--quiet'),
        autoSkip: !across,
        autoSkipPadding: 14,
        maxRotation: 0,
        callback(value) { return cut(this.getLabelForValue(value)); },
      },
    };
    return {
      responsive: true,
      maintainAspectRatio: false,
      animation: false,
      layout: { padding: { right: across ? 44 : 8, top: 8 } },
      indexAxis: across ? 'y' : 'x',
      interaction: { mode: 'index', axis: across ? 'y' : 'x', intersect: false },
      scales: across ? { x: values, y: names } : { x: names, y: values },
      plugins: {
        legend: {
          display: lines || chart.series.length > 1 || chart.form === 'columns',
          position: 'bottom',
          align: 'start',
          labels: { color: colour('--ink'), usePointStyle: true, boxHeight: 8, padding: 14 },
        },
        tooltip: {
          // The exact text, not the number that was drawn.
          callbacks: { label: (at) => `${at.dataset.label}: ${chart.series[at.datasetIndex].values[at.dataIndex]}` },
        },
      },
    };
  };

  const dataset = (chart, series, i) => ({
    label: series.name,
    data: series.values.map(Number),
    borderColor: seriesColour(i),
    backgroundColor: seriesColour(i),
    ...(chart.form === 'lines'
      ? {
          borderWidth: 2.5,
          borderDash: i === 0 ? [] : [7, 4],
          pointStyle: i === 0 ? 'circle' : 'rectRot',
          pointRadius: (i === 0 ? 3 : 4) - (narrow.matches ? 1 : 0),
          tension: 0,
        }
      : { borderRadius: 4, maxBarThickness: 34 }),
  });

  // A bar's exact text beside its end.
  const ends = (chart) => ({
    id: 'ends',
    afterDatasetsDraw(shown) {
      const { ctx } = shown;
      ctx.save();
      ctx.font = `600 13px ${Chart.defaults.font.family}`;
      ctx.fillStyle = colour('--ink');
      ctx.textBaseline = 'middle';
      shown.getDatasetMeta(0).data.forEach((bar, i) => ctx.fillText(chart.series[0].values[i], bar.x + 6, bar.y));
      ctx.restore();
    },
  });

  const draw = () => {
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    Chart.defaults.font.size = 13;
    for (const chart of charts) {
      drawn.push([
        chart,
        new Chart(document.getElementById(`${chart.id}-chart`), {
          type: chart.form === 'lines' ? 'line' : 'bar',
          data: { labels: chart.labels, datasets: chart.series.map((series, i) => dataset(chart, series, i)) },
          options: options(chart),
          plugins: chart.form === 'bars' ? [ends(chart)] : [],
        }),
      ]);
    }
  };

  const redraw = () => {
    for (const [chart, shown] of drawn) {
      shown.options = options(chart);
      shown.data.datasets.forEach((data, i) => Object.assign(data, dataset(chart, chart.series[i], i)));
      shown.update();
    }
  };

  draw();
  dark.addEventListener('change', redraw);
  narrow.addEventListener('change', redraw);
  addEventListener('beforeprint', () => drawn.forEach(([, shown]) => shown.resize()));
})();
