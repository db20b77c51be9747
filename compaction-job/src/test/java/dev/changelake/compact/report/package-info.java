/** Tests of reports. */
package dev.changelake.compact.report;
