/** Tests of what is expected of a batch. */
package dev.changelake.compact.expectation;
