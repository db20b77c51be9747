/** What a run tells schedulers and people: one versioned form for success and failure. */
package dev.changelake.compact.result;
