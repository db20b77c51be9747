/** Tests of what a finished batch leaves. */
package dev.changelake.compact.batch;
