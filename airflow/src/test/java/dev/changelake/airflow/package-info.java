/** Runs the checks of the DAG folder, and the DAGs themselves in a real Airflow. */
package dev.changelake.airflow;
