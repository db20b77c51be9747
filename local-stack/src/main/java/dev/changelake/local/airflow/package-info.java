/** Airflow on the local stack: its Python environment, its settings, its processes. */
package dev.changelake.local.airflow;
