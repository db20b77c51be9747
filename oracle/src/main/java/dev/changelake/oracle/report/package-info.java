/** Says which rows each report must hold for a business date, given the oracle's tables. */
package dev.changelake.oracle.report;
