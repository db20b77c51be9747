/** The one rule of order: which of a key's records counts, and which row it leaves. */
package dev.changelake.compact.order;
