/** Tests of what is found in topics. */
package dev.changelake.compact.doctor;
