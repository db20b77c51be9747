/**
 * Files of the lake that are written once: conditional puts for plans, manifests and Delta commits.
 */
package dev.changelake.compact.store;
